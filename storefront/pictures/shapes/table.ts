import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

export const plate = ({ main, dark, light }: Colours): string =>
  circle(200, 206, 134, dark) + circle(200, 200, 134, main) + circle(200, 200, 92, light, 'opacity=".55"') + circle(200, 200, 92, 'none', `stroke="${dark}" stroke-width="2" opacity=".4"`) + each(14, (index) => circle(200 + Math.round(Math.cos(index * 2.4) * (20 + index * 8)), 200 + Math.round(Math.sin(index * 2.4) * (20 + index * 8)), 2, dark, FAINT));

export const smallPlate = (colours: Colours): string => moved(48, 52, plate(colours), 0.76);

export const pastaBowl = ({ main, dark, light }: Colours): string =>
  circle(200, 208, 136, dark) + circle(200, 200, 136, main) + circle(200, 200, 84, dark) + circle(200, 206, 78, light) + stroke('M100 176q14-58 74-72', light, 8, FAINT);

export const glass = ({ main, light }: Colours): string =>
  shape('M130 110h140l-14 190q-2 20-22 20h-68q-20 0-22-20z', main, 'opacity=".55"') + shape('M138 190h124l-8 106q-2 14-16 14h-76q-14 0-16-14z', '#7fb2bd', 'opacity=".6"') + shape('M148 122h16l12 176h-16z', '#ffffff', 'opacity=".6"') + oval(200, 110, 70, 14, light, 'opacity=".8"');

export const cortado = (): string =>
  shape('M138 130h124l-20 176q-2 14-18 14h-48q-16 0-18-14z', '#d9ebec') + shape('M146 176h108l-14 118q-2 14-16 14h-48q-14 0-16-14z', '#7a4d31') + shape('M146 176h108l-4 34h-100z', '#e9d3b3') + each(5, (index) => stroke(`M${164 + index * 18} 250l${4 - index * 2} 56`, '#ffffff', 4, FAINT)) + oval(200, 130, 62, 12, '#eef7f7');

export const wineGlass = ({ light }: Colours): string =>
  shape('M140 80q-20 110 60 120q80-10 60-120z', '#d3e6e8') + shape('M137 140q2 52 63 58q61-6 63-58z', '#8e2f46') + rect(195, 198, 10, 104, 4, '#c2dadd') + oval(200, 308, 62, 12, '#c2dadd') + stroke('M158 96q-8 50 12 76', '#ffffff', 7, 'opacity=".7"') + oval(200, 80, 60, 11, light, 'opacity=".7"');

export const carafe = (): string =>
  rect(180, 66, 40, 44, 10, '#c59c6d') + shape('M172 100h56q-8 64 34 118q30 102-34 104h-56q-64-2-34-104q42-54 34-118z', '#cfe3e5') + shape('M134 232h132q20 82-40 84h-52q-60-2-40-84z', '#7fb2bd', 'opacity=".7"') + stroke('M158 236q-8 40 6 60', '#ffffff', 8, 'opacity=".7"');

export const napkins = ({ main, dark, light }: Colours): string =>
  each(4, (index) => turned(index * 7 - 12, rect(96, 112, 208, 176, 6, index % 2 ? light : main, `stroke="${dark}" stroke-opacity=".3"`))) + turned(9, stroke('M112 128h176v144h-176z', dark, 2, 'stroke-dasharray="7 7" opacity=".6"'));

export const tablecloth = ({ main, dark, light }: Colours): string =>
  shape('M70 150h260l30 150q-22 18-44 0t-44 0t-44 0t-44 0t-44 0t-44 0t-44 0t-14-4z', main) + shape('M70 150h260l-24-30h-212z', light) + each(5, (index) => stroke(`M${104 + index * 48} 170l${index * 6 - 14} 120`, dark, 4, FAINT));

export const cutlery = ({ dark }: Colours): string =>
  stroke('M110 196v124M200 190v130M290 196v124', '#9aa5ac', 15) + shape('M88 86v70q0 44 22 44t22-44v-70h-8v62h-8v-62h-12v62h-8v-62z', '#b7c1c7') + oval(200, 138, 30, 56, '#b7c1c7') + oval(200, 132, 18, 38, dark, 'opacity=".18"') + shape('M282 200v-118q38 24 28 118z', '#b7c1c7');

export const tray = ({ main, dark, light }: Colours): string =>
  circle(200, 208, 138, dark) + circle(200, 200, 138, main) + circle(200, 204, 120, light) + each(6, (index) => stroke(`M${112 + index * 34} ${150 - (index % 3) * 14}q14 60-4 ${100 + (index % 3) * 16}`, dark, 3, FAINT));

export const butterDish = ({ main, dark, light }: Colours): string =>
  rect(66, 272, 268, 26, 13, dark) + shape('M96 272v-62q0-54 54-54h100q54 0 54 54v62z', main) + shape('M116 266v-56q2-34 38-36q-16 20-16 92z', light, FAINT) + circle(200, 142, 18, dark);

export const servers = ({ main, dark, light }: Colours): string =>
  turned(-22, oval(200, 110, 38, 58, main) + oval(200, 106, 24, 40, dark, FAINT) + rect(191, 160, 18, 190, 9, main)) + turned(22, oval(200, 110, 38, 58, light) + stroke('M190 56v60M210 56v60', dark, 7) + rect(191, 160, 18, 190, 9, light));

export const trivet = ({ main, dark }: Colours): string =>
  circle(200, 208, 126, dark) + circle(200, 200, 126, main) + each(46, (index) => circle(200 + Math.round(Math.cos(index * 2.4) * index * 2.5), 200 + Math.round(Math.sin(index * 2.4) * index * 2.5), 2 + (index % 3), dark, FAINT));

const eggCup = ({ main, dark, light }: Colours): string =>
  oval(100, 116, 40, 52, '#e2b78c') + shape('M52 130h96q-4 58-34 66v36h-28v-36q-30-8-34-66z', main) + stroke('M66 142q4 30 20 44', light, 6, FAINT) + oval(100, 236, 62, 13, dark);
export const eggCups = (colours: Colours): string => moved(10, 30, eggCup(colours)) + moved(186, 70, eggCup(colours));
