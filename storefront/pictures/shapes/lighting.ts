import type { Colours } from '../colours';
import { circle, each, FAINT, oval, rect, shape, stroke } from '../svg';

const glow = (x: number, y: number, radius: number): string => circle(x, y, radius, '#ffe9b0', 'opacity=".5"') + circle(x, y, radius * 0.62, '#fff3d0', 'opacity=".7"');
const flame = (x: number, y: number): string => shape(`M${x} ${y}q-16-20 0-44q16 24 0 44z`, '#f0b13c') + shape(`M${x} ${y - 4}q-7-10 0-22q7 12 0 22z`, '#fff3d0');

export const tableLamp = ({ main, dark, light, paper }: Colours): string =>
  glow(200, 150, 130) + rect(193, 180, 14, 40, 0, '#35323a') + shape('M146 80h108l36 104h-180z', paper) + shape('M146 80h26l-22 104h-40z', '#ffffff', 'opacity=".6"') + shape('M172 216h56q52 40 36 88q-4 16-22 16h-84q-18 0-22-16q-16-48 36-88z', main) + shape('M170 236q-26 26-18 66q-30-28 18-66z', light, FAINT) + oval(200, 184, 90, 8, dark, 'opacity=".2"');

export const jointedLamp = ({ main, dark, light }: Colours): string =>
  glow(120, 176, 84) + stroke('M236 300l52-96l-116-88', main, 13) + circle(288, 204, 13, dark) + circle(236, 298, 12, dark) + shape('M184 88l-96 22q-14 52 22 88z', main) + shape('M172 96l-70 18q-8 30 4 54z', light, FAINT) + rect(162, 300, 148, 22, 11, dark);

export const pendant = ({ main, dark, light }: Colours): string =>
  glow(200, 250, 110) + stroke('M200 30v100', '#35323a', 5) + rect(184, 122, 32, 26, 8, dark) + shape('M80 246q12-104 120-104t120 104z', main) + shape('M112 234q14-64 66-80q-32 34-36 80z', light, FAINT) + oval(200, 246, 120, 15, '#fff3d0') + circle(200, 252, 18, '#ffffff');

export const paperPendant = ({ dark }: Colours): string =>
  stroke('M200 30v60', '#35323a', 5) + glow(200, 210, 150) + circle(200, 210, 122, '#fbf3df') + each(7, (index) => oval(200, 210, 122, Math.abs(index - 3) * 38 + 4, 'none', `stroke="${dark}" stroke-opacity=".22" stroke-width="3"`)) + rect(176, 82, 48, 12, 6, '#c9aa77');

export const floorLamp = ({ main, paper, dark }: Colours): string =>
  glow(200, 120, 112) + stroke('M200 170l-74 160M200 170l74 160M200 170v150', main, 11) + shape('M124 70h152l14 104h-180z', paper) + shape('M124 70h24l-12 104h-26z', '#ffffff', 'opacity=".6"') + oval(200, 174, 90, 8, dark, 'opacity=".2"');

export const arcLamp = ({ main, light }: Colours): string =>
  glow(118, 206, 84) + stroke('M290 314q30-230-92-236q-74 0-80 70', '#c4a24c', 11) + shape('M62 200q6-56 56-56t56 56z', main) + stroke('M80 190q8-28 30-34', light, 6, FAINT) + oval(118, 200, 56, 8, '#fff3d0') + rect(240, 308, 104, 24, 6, '#e7e4df');

export const lantern = ({ main, dark, accent }: Colours): string =>
  stroke('M148 132q0-70 52-70t52 70', dark, 9) + glow(200, 222, 108) + shape('M130 138h140l-20-30h-100z', main) + rect(138, 138, 124, 160, 8, '#fff6dc', 'opacity=".8"') + rect(176, 222, 48, 72, 8, accent, 'opacity=".7"') + flame(200, 222) + stroke('M138 140v156M262 140v156M200 140v50', dark, 8) + rect(124, 294, 152, 26, 8, main);

export const taperCandles = ({ main, light }: Colours): string =>
  each(2, (index) => flame(160 + index * 80, 112 + index * 26) + shape(`M${146 + index * 80} ${114 + index * 26}h28l6 ${206 - index * 26}h-40z`, main) + rect(150 + index * 80, 120 + index * 26, 7, 186 - index * 26, 3, light)) + oval(200, 320, 96, 10, '#c4a24c');

export const pillarCandle = ({ main, dark, light }: Colours): string =>
  glow(200, 100, 70) + flame(200, 128) + stroke('M200 140v-16', '#35323a', 5) + rect(136, 146, 128, 174, 12, main) + rect(150, 154, 18, 158, 8, light) + oval(200, 148, 64, 14, dark, 'opacity=".25"') + oval(200, 146, 64, 13, light);

export const candleHolder = ({ main, dark, light }: Colours): string =>
  flame(180, 112) + rect(164, 116, 32, 132, 4, '#f4ecd8') + rect(152, 236, 56, 36, 6, dark) + stroke('M264 274q66-6 54 36q-8 18-54 6', main, 13) + shape('M66 276h230q-16 44-76 44h-78q-60 0-76-44z', main) + stroke('M92 288q12 18 40 22', light, 6, FAINT);

export const wallLamp = ({ main, dark }: Colours): string =>
  glow(200, 190, 150) + circle(200, 282, 44, '#a9b3ba') + rect(190, 236, 20, 46, 0, '#8d979d') + circle(200, 168, 84, main) + circle(200, 168, 84, 'none', `stroke="${dark}" stroke-opacity=".25" stroke-width="3"`) + oval(172, 138, 22, 30, '#ffffff', 'transform="rotate(30 172 138)"');

export const clipLamp = ({ main, dark, light }: Colours): string =>
  glow(122, 214, 78) + rect(214, 286, 150, 22, 4, '#c59c6d') + stroke('M268 270q44-70-40-110q-34-10-56 8', '#35323a', 9) + shape('M170 124l34 74l-98 34q-26-40 4-78z', main) + stroke('M134 162q-10 20-6 40', light, 6, FAINT) + rect(244, 258, 46, 70, 8, dark) + rect(256, 286, 34, 22, 0, '#fbf7ee', 'opacity=".2"');
