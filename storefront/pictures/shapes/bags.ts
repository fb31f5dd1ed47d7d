import type { Colours } from '../colours';
import { circle, each, FAINT, oval, rect, shape, stroke, turned } from '../svg';

const LEATHER = '#9a5f33';
const buckle = (x: number, y: number): string => rect(x - 9, y - 26, 18, 52, 4, LEATHER) + rect(x - 13, y - 6, 26, 18, 4, 'none', 'stroke="#c4a24c" stroke-width="5"');

export const backpack = ({ main, dark, light }: Colours): string =>
  stroke('M166 88q0-36 34-36t34 36', LEATHER, 11) + rect(76, 204, 40, 96, 18, dark) + rect(284, 204, 40, 96, 18, dark) + shape('M104 300v-128q0-92 96-92t96 92v128q0 24-24 24h-144q-24 0-24-24z', main) + shape('M104 190v-18q0-92 96-92t96 92v18q-96 40-192 0z', dark) + stroke('M122 164q6-50 50-64', light, 9, FAINT) + rect(136, 236, 128, 70, 14, light, 'opacity=".5"') + buckle(164, 216) + buckle(236, 216);
export const rollTop = ({ main, dark, light }: Colours): string =>
  stroke('M112 120q-40 90-14 180M288 120q40 90 14 180', LEATHER, 13) + rect(108, 110, 184, 214, 24, main) + rect(98, 78, 204, 56, 28, dark) + stroke('M116 106h168', light, 5, FAINT) + rect(132, 214, 136, 86, 12, dark, 'opacity=".45"') + rect(124, 126, 16, 90, 8, light, FAINT) + buckle(200, 146);
export const dayPack = ({ main, dark, light }: Colours): string =>
  stroke('M176 96q0-30 24-30t24 30', dark, 10) + shape('M118 302v-116q0-96 82-96t82 96v116q0 22-22 22h-120q-22 0-22-22z', main) + stroke('M136 178q8-60 54-68', light, 9, FAINT) + stroke('M138 206q62-40 124 0', dark, 5) + rect(146, 226, 108, 78, 18, dark, 'opacity=".5"') + stroke('M158 246h84', light, 5) + circle(242, 246, 6, '#c4a24c');

const totes = ({ main, dark, light }: Colours, handles: string): string =>
  stroke(handles, LEATHER, 13) + shape('M96 166h208l16 146q0 12-12 12h-216q-12 0-12-12z', main) + shape('M112 166h26l-8 158h-30q-10-2-10-12z', light, FAINT) + stroke('M98 190h204', dark, 4, 'stroke-dasharray="10 7" opacity=".6"');
export const tote = (colours: Colours): string => totes(colours, 'M144 200v-70q0-64 56-64t56 64v70') + shape('M200 290q-40-34-12-62q12-8 12 8q0-16 12-8q28 28-12 62z', colours.accent);
export const shopper = (colours: Colours): string => totes(colours, 'M150 190v-36q0-44 50-44t50 44v36') + rect(150, 220, 100, 72, 8, colours.dark, 'opacity=".4"');
export const weekender = ({ main, dark, light }: Colours): string =>
  stroke('M144 170q0-80 56-80t56 80', LEATHER, 13) + shape('M52 220q10-64 76-64h144q66 0 76 64l6 70q0 20-20 20h-268q-20 0-20-20z', main) + shape('M52 220q10-64 76-64h6v154h-68q-20 0-20-20z', dark) + shape('M348 220q-10-64-76-64h-6v154h68q20 0 20-20z', dark) + stroke('M150 176h100', light, 6) + rect(158, 212, 84, 60, 8, light, 'opacity=".35"');
export const messenger = ({ main, dark, light }: Colours): string =>
  stroke('M92 190q10-130 108-130t108 130', LEATHER, 11) + rect(74, 160, 252, 156, 18, dark) + shape('M74 178q0-24 24-24h204q24 0 24 24v70q-126 40-252 0z', main) + stroke('M94 172h190', light, 6, FAINT) + buckle(140, 254) + buckle(260, 254);
export const hipBag = ({ main, dark, light }: Colours): string =>
  stroke('M96 214q-70-20-60-90M304 214q70-20 60-90', dark, 20) + shape('M84 172q116-34 232 0q28 110-50 128h-132q-78-18-50-128z', main) + stroke('M106 198q94-22 188 0', dark, 6) + circle(286, 196, 7, '#c4a24c') + stroke('M112 226q4 34 28 50', light, 9, FAINT);
const roll = ({ main, dark, light }: Colours, contents: string): string => contents + rect(66, 176, 268, 136, 12, main) + each(7, (index) => stroke(`M${100 + index * 34} 184v120`, dark, 4, 'stroke-dasharray="8 6" opacity=".6"')) + stroke('M70 190h260', light, 6, FAINT) + stroke('M334 250q44-6 40 50', LEATHER, 7);
export const toolRoll = (colours: Colours): string => roll(colours, each(6, (index) => rect(108 + index * 34, 120 + (index % 3) * 16, 18, 70, 6, '#c59c6d') + rect(112 + index * 34, 84 + (index % 3) * 16, 10, 44, 2, '#a9b3ba')));
const PENCILS = ['#b23a3a', '#e07b39', '#e9c46a', '#5b8e5a', '#4a8fb0', '#7a5195'] as const;
export const pencilRoll = (colours: Colours): string => roll(colours, each(6, (index) => rect(110 + index * 34, 118 + (index % 2) * 14, 14, 70, 2, PENCILS[index] ?? PENCILS[0]) + shape(`M${110 + index * 34} ${119 + (index % 2) * 14}l7-28l7 28z`, '#e9d3b3')));
export const washBag = ({ main, dark, light }: Colours): string =>
  stroke('M286 150q54-10 50 46', LEATHER, 11) + shape('M84 160q116-30 232 0l8 134q0 22-22 22h-204q-22 0-22-22z', main) + stroke('M88 166q112-28 224 0', dark, 9) + circle(300, 164, 8, '#c4a24c') + stroke('M106 194v92', light, 12, FAINT) + rect(160, 220, 80, 46, 4, LEATHER);
export const pouch = ({ main, dark, light, accent }: Colours): string =>
  turned(-8, rect(76, 130, 248, 160, 18, main) + stroke('M90 152h220', dark, 9, 'stroke-dasharray="5 5"') + stroke('M304 152l34 26', accent, 9) + rect(92, 170, 22, 104, 10, light, FAINT));
export const wallet = ({ main, dark, light }: Colours): string =>
  turned(-8, rect(124, 92, 168, 110, 10, '#8fb8d6') + rect(112, 116, 176, 110, 10, '#e9c46a') + rect(94, 146, 212, 150, 14, main) + shape('M94 200q106 40 212 0v82q0 14-14 14h-184q-14 0-14-14z', dark) + stroke('M106 162h188', light, 3, 'stroke-dasharray="7 6"'));
export const purse = ({ main, dark, light }: Colours): string =>
  circle(188, 118, 14, '#c4a24c') + circle(212, 118, 14, '#c4a24c') + shape('M116 150q84-44 168 0q60 120-30 158h-108q-90-38-30-158z', main) + stroke('M112 152q88-42 176 0', '#c4a24c', 13) + stroke('M130 196q-16 50 12 84', light, 11, FAINT) + oval(200, 296, 50, 6, dark, FAINT);
export const fob = ({ main, dark }: Colours): string =>
  circle(200, 266, 58, 'none', `stroke="${dark}" stroke-width="11"`) + stroke('M200 212v-70q0-66-52-60q-38 8-32 56', main, 26) + circle(200, 196, 18, main) + turned(14, rect(226, 270, 18, 66, 4, '#a9b3ba') + circle(235, 262, 20, 'none', 'stroke="#a9b3ba" stroke-width="10"'));
export const tag = ({ main, dark, light, paper }: Colours): string =>
  turned(-14, stroke('M200 116q-10-70 44-68', LEATHER, 9) + shape('M126 158l48-58h52l48 58v156q0 14-14 14h-120q-14 0-14-14z', main) + circle(200, 132, 11, '#fbf7ee') + rect(148, 188, 104, 108, 6, paper) + stroke('M164 216h72M164 240h72M164 264h44', dark, 5, FAINT) + stroke('M138 168v140', light, 4, 'stroke-dasharray="7 6"'));
