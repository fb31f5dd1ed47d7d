import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

export const notebook = ({ main, dark, light, paper }: Colours): string =>
  turned(-8, rect(118, 72, 178, 256, 8, paper) + rect(108, 66, 178, 256, 10, main) + rect(108, 66, 30, 256, 10, dark) + rect(166, 112, 92, 54, 4, paper) + stroke('M178 132h66M178 148h42', dark, 4, FAINT) + stroke('M262 66v256', light, 7, FAINT));

export const pocketNotebook = (colours: Colours): string => moved(60, 66, notebook(colours), 0.7);

export const sketchbook = ({ main, dark, accent }: Colours): string =>
  turned(6, rect(82, 90, 240, 220, 6, '#fdfaf2') + rect(82, 90, 240, 26, 6, main) + each(12, (index) => stroke(`M${98 + index * 19} 78v22`, dark, 5)) + stroke('M112 270q40-90 76-40t50-60t60 80', accent, 6) + circle(268, 160, 18, '#e9c46a'));

export const planner = ({ main, dark, accent }: Colours): string =>
  shape('M200 100q-60-26-130-8v204q70-16 130 8q60-24 130-8v-204q-70-18-130 8z', main) + shape('M200 110q-54-22-116-8v182q62-12 116 8z', '#fdfaf2') + shape('M200 110q54-22 116-8v182q-62-12-116 8z', '#f6f0e2') + each(6, (index) => stroke(`M98 ${130 + index * 26}q46-8 88 6`, dark, 3, FAINT)) + stroke('M226 146q40-14 72-6M226 176q30-10 56-6', accent, 4) + stroke('M252 86v120l10-12l10 12v-120', accent, 6);

export const letter = ({ main, dark, accent }: Colours): string =>
  turned(-7, rect(90, 90, 220, 150, 4, '#fdfaf2') + stroke('M112 122h150M112 144h170M112 166h130', dark, 4, FAINT)) + rect(76, 180, 248, 150, 8, main) + shape('M76 188l124 84l124-84q0-8-8-8h-232q-8 0-8 8z', dark) + circle(200, 262, 20, accent);

export const cards = ({ main, light, accent }: Colours): string =>
  each(3, (index) => `<g transform="rotate(${index * 16 - 20} 200 330)">${rect(132, 96, 136, 200, 8, index === 2 ? '#fdfaf2' : index ? light : main)}</g>`) + `<g transform="rotate(12 200 330)">${rect(164, 220, 72, 40, 6, accent)}${each(3, (index) => stroke(`M${180 + index * 20} 218v-24`, main, 6) + circle(180 + index * 20, 186, 5, '#f0b13c'))}</g>`;

export const wrap = ({ main, light, accent }: Colours): string =>
  each(3, (index) => turned(index * 14 - 30, rect(166, 56, 52, 290, 26, index === 1 ? accent : main) + each(6, (dot) => circle(180 + (dot % 2) * 24, 90 + dot * 44, 8, index === 1 ? main : light)) + oval(192, 66, 22, 9, '#fdfaf2')));

export const pen = ({ main, dark, light }: Colours): string =>
  turned(42, rect(186, 60, 28, 210, 12, main) + shape('M186 262h28l-10 54h-8z', dark) + rect(196, 314, 8, 18, 3, '#35323a') + rect(190, 72, 6, 186, 3, light) + stroke('M218 84v74', dark, 7));

export const fountainPen = ({ main, dark, light }: Colours): string =>
  turned(42, rect(182, 44, 36, 150, 14, main) + rect(182, 186, 36, 10, 0, '#c4a24c') + rect(186, 196, 28, 66, 6, dark) + shape('M188 262h24l-12 62z', '#c4a24c') + stroke('M200 286v34', dark, 2) + rect(188, 56, 6, 126, 3, light, FAINT) + stroke('M222 66v84', '#c4a24c', 7));

const pencil = (x: number, colour: string): string =>
  rect(x, 112, 16, 176, 2, colour) + shape(`M${x} 112l8-34l8 34z`, '#e9d3b3') + shape(`M${x + 5} 90l3-12l3 12z`, '#35323a') + rect(x, 280, 16, 20, 3, '#c4a24c');
export const pencils = ({ dark, light }: Colours): string => turned(12, each(9, (index) => pencil(120 + index * 18, index % 2 ? dark : light)) + rect(108, 200, 186, 126, 8, '#d9c7a3') + rect(126, 240, 150, 40, 4, '#fdfaf2'));

const RAINBOW = ['#b23a3a', '#e07b39', '#e9c46a', '#5b8e5a', '#4a8fb0', '#3a4f8a', '#7a5195', '#c36a8d', '#6b4a32'] as const;
export const colouredPencils = (): string => turned(-8, each(9, (index) => pencil(120 + index * 18, RAINBOW[index] ?? RAINBOW[0])) + rect(108, 210, 186, 116, 8, '#f4efe2') + stroke('M130 262q40-30 70 0t70 0', '#e07b39', 7));

export const ruler = ({ main, dark }: Colours): string =>
  turned(-34, rect(30, 172, 340, 58, 5, main) + stroke(each(33, (index) => `M${42 + index * 10} 174v${index % 5 === 0 ? 24 : 12}`), dark, 2.4) + circle(350, 210, 8, '#fbf7ee'));

export const scissors = ({ main, dark }: Colours): string =>
  turned(24, shape('M188 60q18 60 22 160l-20 8q-16-90-2-168z', '#b7c1c7') + shape('M212 60q-18 60-22 160l20 8q16-90 2-168z', '#dfe6ea') + circle(200, 214, 7, dark) + circle(160, 288, 38, 'none', `stroke="${main}" stroke-width="18"`) + circle(240, 288, 38, 'none', `stroke="${main}" stroke-width="18"`) + stroke('M190 224l-14 32M210 224l14 32', main, 16));

export const tapes = (): string =>
  each(5, (index) => moved(78 + (index % 3) * 84 + (index > 2 ? 40 : 0), index > 2 ? 168 : 250, circle(38, 0, 50, RAINBOW[(index * 2) % 9] ?? RAINBOW[0]) + circle(38, 0, 28, '#e9d3b3') + circle(38, 0, 20, '#fbf7ee') + circle(38, 0, 42, 'none', 'stroke="#ffffff" stroke-width="5" stroke-dasharray="3 13" opacity=".7"')));

export const ink = ({ main, dark }: Colours): string =>
  rect(162, 88, 76, 46, 8, '#35323a') + rect(172, 132, 56, 22, 0, '#cfe3e5') + rect(108, 150, 184, 170, 24, '#cfe3e5') + rect(122, 190, 156, 118, 16, main) + rect(148, 216, 104, 62, 4, '#fdfaf2') + shape('M200 226q-22 28 0 40q22-12 0-40z', dark);
