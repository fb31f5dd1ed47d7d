import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

const WOOD = '#e2c596';
const WOOD_DARK = '#b98f5a';
const TOYS = ['#c9503c', '#e2903f', '#e9c46a', '#5b8e5a', '#4a8fb0', '#3a4f8a', '#7a5195'] as const;
const toy = (index: number): string => TOYS[index % TOYS.length] ?? WOOD;
const wheel = (x: number, y: number, radius: number): string => circle(x, y, radius, '#35323a') + circle(x, y, radius * 0.45, WOOD);

export const blocks = (): string =>
  rect(84, 246, 76, 76, 6, toy(0)) + rect(164, 246, 76, 76, 6, WOOD) + rect(244, 246, 76, 76, 6, toy(4)) + rect(124, 168, 76, 76, 6, toy(3)) + shape('M206 244h84l-42-74z', toy(2)) + circle(162, 134, 34, toy(1)) + stroke('M186 262v44M220 262v44', WOOD_DARK, 4, FAINT) + rect(98, 260, 18, 48, 6, '#ffffff', 'opacity=".3"');
export const rainbow = (): string => each(7, (index) => shape(`M${62 + index * 18} 318a${138 - index * 18} ${138 - index * 18} 0 0 1 ${276 - index * 36} 0z`, toy(index))) + shape('M188 318a12 12 0 0 1 24 0z', '#fbf7ee');
export const train = (): string =>
  rect(52, 226, 96, 56, 8, toy(0)) + rect(52, 160, 50, 70, 8, toy(4)) + rect(62, 172, 28, 26, 4, '#fbf7ee') + rect(118, 186, 18, 44, 4, '#35323a') + each(2, (index) => rect(164 + index * 98, 220, 86, 62, 8, index ? toy(2) : toy(3)) + each(3, (log) => circle(184 + index * 98 + log * 23, 212, 13, WOOD))) + stroke('M146 262h20M248 262h18', '#35323a', 7) + each(3, (index) => wheel(76 + index * 98 + (index ? 14 : 0), 292, 20) + wheel(124 + index * 98 + (index ? 10 : 0), 292, 20));
export const car = ({ main, dark, light }: Colours): string =>
  shape('M46 258q8-40 70-44q34-56 92-56q54 0 84 54q58 6 62 46q2 24-20 24h-268q-22 0-20-24z', main) + shape('M146 212q24-34 58-34v34zM216 178q34 4 52 34h-52z', '#fbf7ee') + stroke('M70 248h60', light, 8, FAINT) + circle(200, 244, 22, '#fbf7ee') + stroke('M196 234l6-4v28', dark, 5) + wheel(116, 286, 34) + wheel(292, 286, 34);
export const duck = (): string =>
  stroke('M318 262q40 10 58 50', '#c9503c', 5) + shape('M92 220q-10 70 70 74h90q70-8 66-90q-32 20-74 12q-30-4-40-20z', toy(2)) + circle(152, 160, 58, toy(2)) + shape('M106 150q-54-2-58 22q30 18 66 6z', toy(1)) + circle(138, 144, 8, '#35323a') + shape('M204 236q44-10 74 4q-20 36-74 26z', toy(1), 'opacity=".7"') + wheel(150, 304, 24) + wheel(252, 304, 24);
export const rings = (): string => rect(192, 70, 16, 230, 8, WOOD) + each(6, (index) => rect(92 + index * 15, 262 - index * 34, 216 - index * 30, 36, 18, toy(index))) + oval(200, 308, 124, 14, WOOD_DARK) + circle(200, 72, 17, toy(0));
export const animalPuzzle = (): string =>
  rect(70, 96, 260, 216, 16, WOOD_DARK) + rect(82, 108, 236, 192, 10, WOOD) + shape('M106 240q-6-50 30-60l-8-34l26 22q34-10 40 24l10 48q-40 34-98 0z', toy(1)) + circle(140, 200, 5, '#35323a') + shape('M220 190q40-50 78 0q10 50-40 54q-50-4-38-54z', '#8a6a4f') + circle(244, 206, 5, '#35323a') + circle(272, 206, 5, '#35323a') + shape('M214 276l20-34l20 34zM250 276l24-40l24 40z', toy(3)) + shape('M110 130q20-20 44 0q-20 18-44 0z', toy(4));
export const jigsaw = ({ accent }: Colours): string =>
  turned(-8, each(9, (index) => rect(90 + (index % 3) * 76, 90 + Math.floor(index / 3) * 76, 74, 74, 6, ['#8fb8d6', '#f0cfa0', '#e9a46a', '#5f8fb0', '#4a7fa3', '#3f6f93', '#2f5a7a', '#35648a', '#3a4f8a'][index] ?? '#8fb8d6')) + each(6, (index) => circle(164 + (index % 2) * 76, 126 + Math.floor(index / 2) * 76, 14, ['#8fb8d6', '#f0cfa0', '#5f8fb0', '#4a7fa3', '#2f5a7a', '#35648a'][index] ?? '#8fb8d6')) + circle(244, 130, 20, '#fff3d0') + shape('M120 214h96l-20 26h-58z', accent) + stroke('M166 212v-66M170 150l34 50h-34z', '#fbf7ee', 5));
export const top = ({ main, dark, light }: Colours): string =>
  turned(12, rect(190, 60, 20, 80, 8, WOOD) + shape('M84 176q116-80 232 0q-40 92-116 150q-76-58-116-150z', main) + shape('M84 176q116-56 232 0q-116 40-232 0z', light) + stroke('M108 214q92 34 184 0M136 256q64 22 128 0', dark, 8)) + stroke('M60 320q40 16 80 6M270 326q40 4 70-10', dark, 5, FAINT);
export const kite = ({ main, dark, light, accent }: Colours): string =>
  turned(24, shape('M200 46l92 106l-92 152l-92-152z', main) + shape('M200 46l92 106h-92zM200 304l-92-152h92z', light, 'opacity=".6"') + stroke('M200 46v258M108 152h184', dark, 5) + stroke('M200 304q-30 30 0 54', dark, 4) + each(3, (index) => shape(`M${196 - index * 4} ${320 + index * 18}l-16-9v18zM${196 - index * 4} ${320 + index * 18}l16-9v18z`, index % 2 ? accent : main)));

const knitted = (ears: string, fur: string, muzzle: string, scarf: string): string =>
  ears + oval(200, 290, 74, 56, fur) + oval(132, 268, 24, 44, fur, 'transform="rotate(24 132 268)"') + oval(268, 268, 24, 44, fur, 'transform="rotate(-24 268 268)"') + circle(200, 180, 80, fur) + oval(200, 206, 38, 28, muzzle) + circle(168, 172, 8, '#35323a') + circle(232, 172, 8, '#35323a') + shape('M188 194h24l-12 14z', '#35323a') + stroke('M200 208v12', '#35323a', 4) + stroke('M142 248q58 26 116 0', scarf, 19) + rect(226, 252, 22, 58, 6, scarf) + each(10, (index) => stroke(`M${170 + (index % 5) * 14} ${122 + Math.floor(index / 5) * 18}l5 7l5-7`, muzzle, 3, FAINT));
export const bear = ({ accent }: Colours): string => knitted(circle(136, 118, 32, '#9a6f4c') + circle(264, 118, 32, '#9a6f4c') + circle(136, 118, 16, '#d5b08a') + circle(264, 118, 16, '#d5b08a'), '#9a6f4c', '#d5b08a', accent);
export const rabbit = ({ accent }: Colours): string => knitted(oval(164, 92, 24, 70, '#c9c0b4') + oval(236, 92, 24, 70, '#c9c0b4') + oval(164, 92, 11, 50, '#e3b5ae') + oval(236, 92, 11, 50, '#e3b5ae'), '#c9c0b4', '#f1ebe2', accent);
export const chess = ({ main, light }: Colours): string =>
  each(32, (index) => rect(72 + (index % 8) * 32, 252 + Math.floor(index / 8) * 18, 32, 18, 0, (index + Math.floor(index / 8)) % 2 ? main : light)) + shape('M120 252q-6-40 20-60q-30-2-40 10q-8-30 34-52l10-22l14 18q52 16 40 106z', main) + circle(146, 166, 5, light) + shape('M230 252h80l-14-22q-16-40-10-66h-32q6 26-10 66z', light, `stroke="${main}" stroke-width="3"`) + circle(270, 142, 24, light, `stroke="${main}" stroke-width="3"`);
const domino = (x: number, y: number, angle: number, pips: readonly (readonly [number, number])[], wood: string): string => `<g transform="translate(${x} ${y}) rotate(${angle})">${rect(-38, -76, 76, 152, 10, wood, 'stroke="#77523a" stroke-opacity=".5" stroke-width="3"')}${stroke('M-28 0h56', '#77523a', 4)}${pips.map(([px, py]) => circle(px, py, 8, '#35323a')).join('')}</g>`;
export const dominoes = ({ main, light }: Colours): string => domino(118, 226, -16, [[0, -38], [-18, 20], [18, 56]], main) + domino(214, 190, 10, [[-18, -56], [18, -56], [-18, -20], [18, -20], [0, 38]], light) + domino(302, 250, 30, [[-16, -50], [16, -26], [-18, 20], [0, 38], [18, 56]], main);
export const backgammon = ({ main, dark, light }: Colours): string =>
  turned(-8, rect(66, 90, 268, 220, 14, '#9a5f33') + rect(78, 102, 244, 196, 6, light) + each(10, (index) => shape(`M${82 + index * 24} 104h22l-11 82zM${82 + index * 24} 296h22l-11-82z`, index % 2 ? main : dark)) + each(3, (index) => circle(93, 118 + index * 24, 11, '#35323a') + circle(309, 282 - index * 24, 11, '#fbf7ee', 'stroke="#35323a" stroke-width="2"')) + rect(186, 186, 26, 26, 5, '#fbf7ee') + circle(199, 199, 4, '#35323a'));
const ball = (x: number, y: number, index: number): string => moved(x, y, circle(0, 0, 62, toy(index)) + shape('M0-62q-44 62 0 124q44-62 0-124z', toy(index + 2)) + stroke('M-40-28q10-18 26-24', '#ffffff', 7, 'opacity=".5"'));
export const balls = (): string => ball(134, 254, 0) + ball(266, 254, 3) + ball(200, 138, 4);
