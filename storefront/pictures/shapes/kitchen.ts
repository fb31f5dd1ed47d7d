import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke, turned } from '../svg';

export const board = ({ main, dark, light }: Colours): string =>
  turned(-18, rect(178, 60, 44, 90, 20, main) + rect(120, 120, 160, 220, 26, main) + circle(200, 86, 11, '#fbf7ee') + each(4, (index) => stroke(`M${144 + index * 34} 136q${index % 2 ? 10 : -8} 90 2 188`, index % 2 ? light : dark, 4, FAINT)));

export const choppingBoard = ({ main, dark, light }: Colours): string =>
  turned(-12, rect(84, 110, 232, 184, 16, dark) + each(20, (index) => rect(90 + (index % 5) * 45, 116 + Math.floor(index / 5) * 42, 42, 39, 3, index % 3 === 0 ? light : main)));

const blade = '#c3cbd0';
export const chefsKnife = ({ dark }: Colours): string =>
  turned(-38, shape('M40 190h204v46q-130 0-204-46z', blade) + shape('M40 190h204v12h-176z', '#eef2f4') + rect(244, 186, 16, 34, 3, '#8d979d') + rect(258, 186, 106, 32, 12, dark) + circle(288, 202, 4, blade) + circle(332, 202, 4, blade));

export const paringKnife = ({ dark }: Colours): string =>
  turned(-38, shape('M104 192h116v26q-84 0-116-26z', blade) + shape('M104 192h116v8h-100z', '#eef2f4') + rect(218, 188, 104, 30, 13, dark) + circle(246, 203, 4, blade) + circle(294, 203, 4, blade));

export const breadKnife = ({ dark }: Colours): string =>
  turned(-38, shape(`M34 188h220v32${'q-7 10-14 0'.repeat(14)}q-16-6-24-32z`, blade) + rect(252, 184, 112, 34, 12, dark) + circle(286, 201, 4, blade) + circle(332, 201, 4, blade));

export const steakKnives = ({ dark }: Colours): string =>
  each(4, (index) => moved(76 + index * 70, 0, shape('M4 214v-100q22-22 30 0v100z', blade) + rect(4, 212, 30, 106, 12, dark)));

export const pan = ({ main, dark, light }: Colours): string =>
  turned(-35, rect(262, 184, 120, 28, 14, dark) + circle(366, 198, 6, '#fbf7ee')) + circle(174, 222, 106, dark) + circle(174, 222, 92, main) + stroke('M104 216q8-56 64-66', light, 10, FAINT);

export const saucepan = ({ main, dark, light }: Colours): string =>
  rect(248, 190, 130, 18, 9, '#35323a') + shape('M70 176h190v96q0 38-38 38h-114q-38 0-38-38z', main) + rect(88, 186, 22, 104, 10, light, FAINT) + oval(165, 176, 95, 18, dark) + oval(165, 179, 80, 11, '#e9e0cf');

export const pot = ({ main, dark, light, paper }: Colours): string =>
  stroke('M96 214h-36v34h40M304 214h36v34h-40', dark, 14) + shape('M94 180h212v96q0 42-42 42h-128q-42 0-42-42z', main) + rect(114, 196, 20, 92, 10, light, FAINT) + shape('M84 180q10-50 116-50t116 50z', dark) + stroke('M84 180h232', paper, 6) + rect(182, 106, 36, 22, 10, dark);

export const bowl = ({ main, dark, light }: Colours): string =>
  shape('M70 180h260q-8 110-84 128h-92q-76-18-84-128z', main) + shape('M92 190h24q6 70 48 108q-64-22-72-108z', light, FAINT) + oval(200, 180, 130, 26, dark) + oval(200, 184, 112, 17, light);

export const nestingBowls = (colours: Colours): string =>
  moved(0, 40, bowl(colours)) + moved(44, 6, bowl({ ...colours, main: colours.light, dark: colours.main }), 0.78) + moved(82, -16, bowl({ ...colours, main: colours.accent }), 0.59);

export const spoon = ({ main, dark, light }: Colours): string =>
  turned(38, oval(200, 116, 46, 62, main) + oval(200, 112, 30, 44, dark, FAINT) + rect(190, 170, 20, 184, 10, main) + stroke('M200 190v150', light, 4, FAINT));

export const spatula = ({ main, dark, light }: Colours): string =>
  turned(38, shape('M164 60h72l-8 124h-56z', main) + rect(190, 180, 20, 174, 10, main) + stroke('M186 76v92M200 76v92M214 76v92', dark, 5, FAINT) + stroke('M200 196v140', light, 4, FAINT));

export const mill = ({ main, dark, light }: Colours): string =>
  circle(200, 78, 16, '#a9b3ba') + shape('M158 148q-8-52 42-56q50 4 42 56z', main) + rect(164, 150, 72, 12, 6, dark) + shape('M164 164h72q-4 46 14 76t10 82h-120q-8-52 10-82t14-76z', main) + shape('M176 170h14q-6 60-18 86t-10 60h-14q-4-46 14-76t14-70z', light, FAINT);

const preserving = ({ dark, accent }: Colours): string =>
  rect(120, 130, 160, 190, 28, '#cfe3e4') + shape('M128 208h144v84q0 28-28 28h-88q-28 0-28-28z', accent) + each(7, (index) => circle(150 + (index % 4) * 34, 250 + Math.floor(index / 4) * 36, 15, index % 2 ? '#ffffff55' : '#00000022')) + rect(112, 106, 176, 34, 12, '#b9d7da') + rect(112, 134, 176, 10, 4, dark) + stroke('M128 122h-14v56M272 122h14v56', '#8d979d', 6);

export const jar = (colours: Colours): string => preserving(colours);
export const crock = (colours: Colours): string => preserving(colours) + circle(200, 86, 26, '#b9d7da') + rect(144, 140, 14, 170, 7, '#ffffff88');
