import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke } from '../svg';

export const blanket = ({ main, dark, light, accent }: Colours): string =>
  each(3, (index) => rect(84, 240 - index * 56, 232, 60, 26, index === 1 ? light : main) + stroke(`M110 ${268 - index * 56}h176`, index === 1 ? accent : dark, 5, 'stroke-dasharray="14 10" opacity=".6"')) + each(12, (index) => stroke(`M${100 + index * 18} 298v22`, dark, 5)) + rect(84, 128, 30, 172, 15, light, FAINT);

export const cushion = ({ main, dark, light }: Colours): string =>
  shape('M92 104q108 22 216 0q18-2 16 16q-22 80 0 160q2 18-16 16q-108-22-216 0q-18 2-16-16q22-80 0-160q-2-18 16-16z', main) + shape('M108 124q-2 40 8 70q20-50 70-68q-40 2-78-2z', light, FAINT) + stroke('M306 278q-16-6-34-8M96 280q14-8 30-10', dark, 5, FAINT) + circle(200, 200, 7, dark, FAINT);

export const stripedCushion = (colours: Colours): string =>
  cushion({ ...colours, main: '#efe7d6', light: '#ffffff' }) + each(7, (index) => stroke(`M${112 + index * 29} ${122 + (index % 3) * 2}q${6 - index * 2} 80 0 158`, colours.main, index % 2 ? 4 : 11));

export const rug = ({ main, dark, light, accent }: Colours): string =>
  each(17, (index) => stroke(`M${76 + index * 15.5} 92v-16M${76 + index * 15.5} 308v16`, light, 4)) + rect(68, 92, 264, 216, 4, main) + rect(86, 110, 228, 180, 0, 'none', `stroke="${light}" stroke-width="6"`) + each(3, (index) => shape(`M${128 + index * 72} 150l30 50l-30 50l-30-50z`, index === 1 ? accent : dark) + shape(`M${128 + index * 72} 176l14 24l-14 24l-14-24z`, light));

export const runner = ({ main, dark, light, accent }: Colours): string =>
  `<g transform="rotate(-24 200 200)">${rect(136, 40, 128, 320, 4, main)}${each(9, (index) => stroke(`M148 ${66 + index * 34}l26 16l26-16l26 16l26-16`, index % 3 === 1 ? accent : light, 6))}${each(8, (index) => stroke(`M${142 + index * 16.5} 40v-14M${142 + index * 16.5} 360v14`, dark, 4))}</g>`;

export const roundRug = ({ main, dark, light }: Colours): string =>
  circle(200, 206, 138, dark) + each(9, (index) => circle(200, 200, 138 - index * 15.5, index % 2 ? light : main, `stroke="${dark}" stroke-opacity=".3" stroke-width="2" stroke-dasharray="9 5"`));

export const foldedLinen = ({ main, dark, light }: Colours): string =>
  shape('M76 150q0-26 26-26h198q26 0 26 26v130q0 18-18 18h-214q-18 0-18-18z', main) + stroke('M84 178h232M84 214h232M84 250h232', dark, 3, FAINT) + shape('M230 124h72q24 0 24 26v148h-96z', light, 'opacity=".5"') + stroke('M246 136v150', dark, 2, 'stroke-dasharray="6 6" opacity=".6"');

export const pillowcase = ({ main, dark, light }: Colours): string =>
  shape('M60 132q140 20 280 0q10 70 0 140q-140 20-280 0q-10-70 0-140z', main) + shape('M78 150q40 8 90 8q-60 14-82 60q-12-34-8-68z', light, FAINT) + stroke('M296 140q8 64 0 132', dark, 3, 'opacity=".5"');

const hanging = ({ main, dark, light }: Colours, height: number): string =>
  rect(70, 92, 260, 10, 5, '#8d979d') + shape(`M112 96h176v${height}h-176z`, main) + rect(112, 96, 26, height, 0, light, FAINT) + rect(112, 66 + height, 176, 12, 0, dark, FAINT);

export const waffleTowel = (colours: Colours): string =>
  hanging(colours, 224) + each(5, (index) => stroke(`M${140 + index * 30} 108v150`, colours.dark, 2, FAINT)) + each(6, (index) => stroke(`M118 ${126 + index * 26}h164`, colours.dark, 2, FAINT));

export const handTowel = (colours: Colours): string => moved(0, 24, hanging(colours, 160) + stroke('M120 206h160', colours.light, 8));

export const teaTowels = (): string =>
  rect(70, 84, 260, 10, 5, '#8d979d') + each(2, (index) => rect(100 + index * 104, 90, 96, 216 - index * 22, 2, index ? '#f4efe2' : '#fbf7ee') + stroke(`M${114 + index * 104} 92v${210 - index * 22}M${124 + index * 104} 92v${210 - index * 22}`, index ? '#3a4f8a' : '#b23a3a', 4)) + oval(200, 322, 110, 6, '#000000', 'opacity=".08"');
