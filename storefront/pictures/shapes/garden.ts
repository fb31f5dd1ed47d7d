import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

const GREEN = '#5b8e5a';
const leaves = (x: number, y: number, scale = 1): string =>
  moved(x, y, stroke('M0 0v-70', GREEN, 6) + shape('M0-20q-50-6-52-48q46 2 52 48zM0-34q46-10 46-52q-44 6-46 52zM0-62q-24-26 0-58q24 32 0 58z', GREEN), scale);

export const wateringCan = ({ main, dark, light }: Colours): string =>
  stroke('M250 180q84-28 84 44q0 50-74 66', dark, 13) + stroke('M124 250l-66-96', main, 22) + shape('M30 158l44-40l14 20l-44 40z', dark) + each(3, (index) => circle(40 + index * 10, 190 + index * 4, 4, '#7fb2d0')) + shape('M120 170h140l16 134q0 14-14 14h-144q-14 0-14-14z', main) + shape('M138 180h20l-10 130h-18q-8-6-8-14z', light, FAINT) + oval(190, 170, 70, 14, dark) + stroke('M140 168q50-80 100 0', dark, 11);

export const indoorCan = ({ main, dark, light }: Colours): string =>
  stroke('M262 200q70-10 62 40q-6 36-66 44', dark, 12) + stroke('M134 276q-70-20-88-150', main, 12) + shape('M124 210q0-36 70-36t70 36l10 96q0 14-14 14h-130q-14 0-14-14z', main) + stroke('M146 214q-6 50-6 86', light, 9, FAINT) + oval(194, 184, 44, 9, dark);

const handle = (colour: string): string => rect(184, 214, 32, 124, 14, colour) + rect(188, 170, 24, 50, 4, '#8d979d');
export const trowel = ({ main }: Colours): string =>
  turned(36, handle(main) + shape('M158 84q42-64 84 0q4 70-32 92h-20q-36-22-32-92z', '#a9b3ba') + stroke('M200 70v92', '#8d979d', 5) + each(4, (index) => stroke(`M208 ${96 + index * 18}h14`, '#6c7783', 3)));
export const handFork = ({ main }: Colours): string =>
  turned(36, handle(main) + stroke('M160 60v70q0 40 40 40t40-40v-70M200 60v110', '#a9b3ba', 16));

export const secateurs = ({ main }: Colours): string =>
  turned(28, shape('M196 190q-44-60-14-126q36 50 34 120z', '#b7c1c7') + shape('M204 190q50-30 38-92q-14 44-52 70z', '#8d979d') + stroke('M192 206q-48 60-30 132', main, 26) + stroke('M208 206q48 60 30 132', main, 26) + circle(200, 196, 14, '#35323a'));
export const saw = ({ main }: Colours): string =>
  turned(-28, shape(`M40 176h190v34${'l-8 8l-8-8'.repeat(10)}q-26-6-30-34z`, '#b7c1c7') + shape('M226 166h110q34 10 30 40q-40 2-58 22h-82z', main) + circle(246, 190, 8, '#35323a'));

export const pot = ({ main, dark, light }: Colours): string =>
  leaves(200, 160, 1.05) + leaves(170, 166, 0.7) + leaves(234, 166, 0.7) + shape('M122 196h156l-22 112q-2 12-14 12h-84q-12 0-14-12z', main) + shape('M140 200h20l12 118h-14q-10 0-12-12z', light, FAINT) + rect(108, 158, 184, 42, 8, dark);
export const smallPot = (colours: Colours): string => moved(56, 78, pot(colours), 0.74);
export const planter = ({ main, dark, light }: Colours): string =>
  leaves(160, 176, 1.1) + leaves(206, 170, 1.25) + leaves(250, 176, 1) + shape('M104 176h192q10 144-60 144h-72q-70 0-60-144z', main) + shape('M124 186h22q-4 80 26 124q-46-20-48-124z', light, FAINT) + oval(200, 176, 96, 15, dark);
export const hangingPlanter = ({ main, dark, light }: Colours): string =>
  stroke('M200 36l-84 160M200 36l84 160M200 36v150', '#c9aa77', 5) + shape('M106 196h188q-6 100-94 104q-88-4-94-104z', main) + stroke('M128 210q8 48 42 70', light, 9, FAINT) + oval(200, 196, 94, 14, dark) + each(4, (index) => stroke(`M${130 + index * 44} 198q-20 50 ${index % 2 ? 14 : -10} ${96 + index * 8}`, GREEN, 6) + circle(132 + index * 44, 250, 9, GREEN) + circle(122 + index * 46, 282, 9, GREEN));

const packet = ({ main, dark, paper }: Colours, picture: string): string =>
  turned(-6, rect(112, 70, 176, 260, 6, paper) + rect(112, 70, 176, 44, 6, main) + stroke('M112 86h176', '#ffffff', 2, 'stroke-dasharray="6 5"') + picture + stroke('M148 300h104M164 314h72', dark, 5, FAINT));
const PETALS = ['#b0759b', '#e9c46a', '#4a8fb0', '#c9503c'] as const;
export const flowerSeeds = (colours: Colours): string =>
  packet(colours, each(4, (index) => stroke(`M${146 + index * 36} 280q${6 - index * 4}-50 0-${70 + (index % 2) * 36}`, GREEN, 5) + moved(146 + index * 36, 210 - (index % 2) * 36, each(5, (petal) => circle(Math.round(Math.cos(petal * 1.26) * 13), Math.round(Math.sin(petal * 1.26) * 13), 9, PETALS[index] ?? PETALS[0])) + circle(0, 0, 7, '#fff3d0'))));
export const herbSeeds = (colours: Colours): string => packet(colours, leaves(164, 284, 0.9) + leaves(204, 284, 1.3) + leaves(244, 284, 0.9));
export const tomatoSeeds = (colours: Colours): string =>
  packet(colours, circle(180, 214, 44, '#c9503c') + circle(232, 240, 34, '#e2903f') + stroke('M166 202q6-16 20-18', '#ffffff', 6, 'opacity=".6"') + shape('M180 176l-22-10l20-4l2-18l6 18l20 2l-20 10z', GREEN) + shape('M232 212l-16-8l14-2l2-12l6 12l12 2z', GREEN));

export const twine = ({ dark }: Colours): string =>
  rect(112, 92, 176, 26, 13, '#77523a') + rect(112, 290, 176, 26, 13, '#77523a') + rect(132, 116, 136, 176, 10, '#c9aa77') + each(11, (index) => stroke(`M134 ${126 + index * 15}q66 14 132 0`, '#8f7448', 3, 'opacity=".6"')) + stroke('M266 270q60 10 50 54', '#c9aa77', 6) + circle(200, 105, 8, dark);
export const gloves = ({ main, dark, light }: Colours): string =>
  each(2, (index) => `<g transform="rotate(${index ? 16 : -16} 200 300)">${moved(index ? 206 : 94, 80, rect(20, 150, 70, 86, 12, light) + shape('M14 160v-78q0-18 12-18t12 16v-40q0-16 11-16t11 16v-8q0-14 11-14t11 14v30q0-12 9-12t9 12v100z', main) + shape('M14 130q-26-30-32-48q10-16 22 0l10 20z', main) + stroke('M24 178h62', dark, 5, FAINT))}</g>`);
export const mat = ({ main, dark, light }: Colours): string =>
  turned(-10, rect(70, 158, 260, 110, 34, dark) + rect(70, 140, 260, 110, 34, main) + stroke('M104 140h192', light, 6, FAINT) + rect(166, 166, 68, 22, 11, dark) + each(16, (index) => circle(96 + (index % 8) * 30, 206 + Math.floor(index / 8) * 24, 3, light, FAINT)));
