import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

const bubbles = (x: number, y: number): string => each(5, (index) => circle(x + index * 22 - 40, y - (index % 3) * 22, 9 + (index % 3) * 5, '#ffffff', 'opacity=".75" stroke="#8fb8d6" stroke-opacity=".5" stroke-width="2"'));

export const soap = ({ main, dark, light }: Colours): string =>
  bubbles(250, 122) + turned(-10, rect(84, 164, 232, 136, 48, dark) + rect(84, 148, 232, 136, 48, main) + rect(116, 172, 168, 86, 34, 'none', `stroke="${dark}" stroke-opacity=".35" stroke-width="5"`) + stroke('M112 176q14-14 40-14', light, 9));

export const bar = ({ main, dark, light }: Colours): string =>
  bubbles(240, 104) + circle(200, 222, 104, dark) + circle(200, 210, 104, main) + circle(200, 210, 72, 'none', `stroke="${dark}" stroke-opacity=".35" stroke-width="5"`) + shape('M200 258q-46-38 0-96q46 58 0 96z', light) + stroke('M200 252v-58', main, 5);

export const pump = ({ main, dark }: Colours): string =>
  stroke('M200 116v-44h-58v16', '#35323a', 15) + rect(176, 112, 48, 36, 6, '#35323a') + shape('M130 190q0-42 42-42h56q42 0 42 42v108q0 22-22 22h-96q-22 0-22-22z', '#6b4423') + rect(142, 184, 16, 120, 8, '#ffffff', 'opacity=".25"') + rect(130, 210, 140, 78, 0, '#fbf7ee') + circle(200, 238, 14, main) + stroke('M172 268h56', dark, 5, FAINT);

export const bottle = ({ main, dark, light }: Colours): string =>
  rect(172, 64, 56, 48, 8, '#c59c6d') + shape('M178 110h44v28q48 20 48 66v94q0 22-22 22h-96q-22 0-22-22v-94q0-46 48-66z', main) + rect(144, 196, 16, 108, 8, light, FAINT) + rect(144, 214, 112, 72, 4, '#fbf7ee') + shape('M200 226q-18 22 0 34q18-12 0-34z', dark) + stroke('M176 274h48', dark, 4, FAINT);

export const saltJar = ({ main, dark }: Colours): string =>
  rect(124, 100, 152, 40, 10, '#c59c6d') + rect(112, 136, 176, 184, 26, '#d9ebec') + rect(124, 180, 152, 130, 18, main) + each(18, (index) => rect(134 + (index % 6) * 23, 190 + Math.floor(index / 6) * 36, 13, 13, 3, '#ffffff', 'opacity=".55"')) + rect(150, 214, 100, 58, 4, '#fbf7ee') + stroke('M168 236h64M178 254h44', dark, 5, FAINT);

const bristles = (count: number, x: number, y: number, length: number): string => each(count, (index) => stroke(`M${x + index * 11} ${y}v${length}`, '#efe2c8', 7));
export const bathBrush = ({ main, dark }: Colours): string => turned(-40, bristles(12, 64, 204, 34) + rect(50, 170, 150, 40, 20, main) + rect(190, 180, 180, 20, 10, main) + stroke('M70 184h110', dark, 4, FAINT) + circle(352, 190, 5, '#fbf7ee'));
export const nailBrush = ({ main, dark }: Colours): string => turned(-12, bristles(18, 106, 216, 52) + rect(88, 164, 224, 58, 26, main) + stroke('M112 186h176', dark, 5, FAINT));
export const shavingBrush = ({ main, dark, light }: Colours): string =>
  shape('M140 84q60-34 120 0l-24 112h-72z', '#f1e7d3') + each(7, (index) => stroke(`M${156 + index * 15} 92l${18 - index * 6} 96`, '#8d7a5c', 3, FAINT)) + rect(162, 190, 76, 24, 6, '#c4a24c') + shape('M166 214h68q-8 30 12 56q14 50-46 50t-46-50q20-26 12-56z', main) + stroke('M178 226q4 26-12 54', light, 7, FAINT) + oval(200, 318, 34, 5, dark);

export const soapDish = ({ main, dark, accent }: Colours): string =>
  rect(112, 158, 176, 84, 34, '#f1e7d3') + stroke('M136 178h70', '#ffffff', 8) + shape('M62 226h276q-10 66-70 66h-136q-60 0-70-66z', main) + each(5, (index) => stroke(`M${112 + index * 44} 236v36`, dark, 7, FAINT)) + circle(270, 176, 8, accent, FAINT);
export const tumbler = ({ main, dark, light }: Colours): string =>
  stroke('M178 190l-34-122M218 190l26-130', '#4a8fb0', 11) + stroke('M244 60l-5 28', '#c9503c', 15) + stroke('M144 68l9 30', '#c59c6d', 15) + shape('M126 160h148l-14 146q-2 14-16 14h-88q-14 0-16-14z', main) + stroke('M148 178l8 120', light, 10) + oval(200, 160, 74, 13, dark, 'opacity=".4"');
export const sponge = ({ dark }: Colours): string =>
  shape('M96 220q-16-60 40-74q20-54 84-38q66-8 78 52q44 40 8 92q-18 58-86 48q-60 20-92-24q-34-12-32-56z', '#d9b464') + each(22, (index) => circle(200 + Math.round(Math.cos(index * 2.4) * (16 + index * 4)), 206 + Math.round(Math.sin(index * 2.4) * (12 + index * 3.4)), 4 + (index % 4) * 2, dark, 'opacity=".28"'));
export const bathMat = ({ main, dark }: Colours): string =>
  turned(-14, rect(70, 120, 260, 176, 14, dark) + rect(70, 108, 260, 176, 14, main) + each(40, (index) => circle(86 + ((index * 67) % 230), 122 + ((index * 41) % 148), 2 + (index % 3), dark, FAINT)));
export const basket = ({ main, dark, light }: Colours): string =>
  shape('M104 132h192l-18 178q-2 12-14 12h-128q-12 0-14-12z', main) + each(6, (row) => each(7, (index) => oval(126 + index * 24.5, 160 + row * 27, 11, 8, (row + index) % 2 ? dark : light, 'opacity=".5"'))) + shape('M100 110q100 34 200 0v34q-100 30-200 0z', '#f1e7d3') + stroke('M92 176q-34 4-10 40M308 176q34 4 10 40', dark, 11) + moved(0, 0, oval(200, 112, 100, 16, '#ded0b4'));
