import type { Colours } from '../colours';
import { circle, each, FAINT, moved, oval, rect, shape, stroke } from '../svg';

export const mug = ({ main, dark, light }: Colours): string =>
  stroke('M272 178q64-4 60 46q-4 52-68 50', dark, 20) +
  shape('M120 140h160v130q0 46-46 46h-68q-46 0-46-46z', main) +
  shape('M140 140h24v150q-24-8-24-36z', light, FAINT) +
  oval(200, 140, 80, 20, dark) +
  oval(200, 144, 66, 13, '#5b3a26');

const cup = ({ main, dark, light }: Colours): string =>
  stroke('M168 158q40-4 38 24q-2 28-46 26', dark, 12) + shape('M60 140h110q0 84-55 84t-55-84z', main) + shape('M76 146h14q2 40 18 66q-30-16-32-66z', light, FAINT) + oval(115, 140, 55, 13, dark) + oval(115, 142, 44, 8, '#5b3a26');

export const cups = (colours: Colours): string => moved(-20, 10, cup(colours)) + moved(140, 90, cup(colours));

export const teapot = ({ main, dark, light }: Colours): string =>
  stroke('M272 190q66-20 62 40q-4 48-70 50', dark, 18) +
  shape('M132 210q-40-4-52-58q-4-14-24-16q50-14 62 22q8 26 30 30z', dark) +
  shape('M110 234q0-74 90-74t90 74q0 82-50 88h-80q-50-6-50-88z', main) +
  shape('M136 220q6-40 42-48q-22 30-22 66q0 40 14 66q-36-20-34-84z', light, FAINT) +
  oval(200, 162, 58, 12, dark) +
  circle(200, 144, 13, main);

export const kettle = ({ main, dark, light }: Colours): string =>
  stroke('M138 170q0-80 62-80t62 80', '#35323a', 16) +
  shape('M272 220q34-10 44-56q4-16 24-14q-8 72-62 106z', dark) +
  shape('M96 300q0-130 104-136q104 6 104 136q0 18-18 18h-172q-18 0-18-18z', main) +
  shape('M126 290q4-80 50-108q-20 40-20 108z', light, FAINT) +
  rect(170, 150, 60, 16, 8, dark);

export const gooseneck = ({ main, dark, light }: Colours): string =>
  stroke('M250 270q60 8 52-70q-6-60 44-62', dark, 15) +
  stroke('M124 170q-64 10-56 70q4 36 44 42', '#35323a', 15) +
  shape('M120 310l22-144h116l22 144q0 12-12 12h-136q-12 0-12-12z', main) +
  shape('M146 300l14-124h18l-8 124z', light, FAINT) +
  rect(136, 154, 128, 16, 8, dark) +
  circle(200, 140, 13, '#35323a');

export const dripper = ({ main, dark, light }: Colours): string =>
  stroke('M276 170q54 0 44 40q-8 28-56 24', dark, 14) +
  shape('M104 140h192l-56 124h-80z', main) +
  each(4, (index) => stroke(`M${136 + index * 42} 152l${30 - index * 20} 100`, light, 5, FAINT)) +
  oval(200, 140, 96, 20, dark) +
  rect(130, 262, 140, 18, 9, dark) +
  shape('M196 280h8v26q0 8-4 8t-4-8z', '#5b3a26');

export const grinder = ({ main, dark, light }: Colours): string =>
  stroke('M200 96h84', '#35323a', 12) +
  circle(290, 96, 18, dark) +
  rect(190, 96, 20, 44, 4, '#35323a') +
  shape('M146 140h108l10 44h-128z', '#a9b3ba') +
  rect(134, 184, 132, 134, 14, main) +
  rect(150, 192, 18, 118, 8, light, FAINT) +
  rect(160, 244, 80, 48, 6, dark) +
  circle(200, 268, 7, light);

export const coffeeBag = ({ main, dark, light, paper }: Colours): string =>
  shape('M124 110h152l14 200q0 10-10 10h-160q-10 0-10-10z', main) +
  shape('M140 110h20l-12 210h-26q-12 0-12-12z', light, FAINT) +
  rect(120, 84, 160, 34, 6, dark) +
  rect(146, 176, 108, 88, 8, paper) +
  oval(200, 220, 26, 32, '#5b3a26', 'transform="rotate(24 200 220)"') +
  stroke('M192 194q16 26 16 52', paper, 5);

export const tin = ({ main, dark, light, paper, accent }: Colours): string =>
  rect(120, 140, 160, 180, 16, main) +
  rect(134, 146, 18, 168, 8, light, FAINT) +
  rect(112, 104, 176, 46, 12, dark) +
  oval(200, 236, 54, 48, paper) +
  shape('M200 272q-40-30-2-76q42 42 2 76z', accent) +
  stroke('M200 268v-52', paper, 4);
