import { coloursOf, mix, seedOf } from './colours';
import { shapeOf } from './shape-of';
import { circle, oval, rect, stroke } from './svg';

const BACKDROPS = ['#f3ebdd', '#e9eee6', '#e6ecf1', '#f4e6df', '#eee8f0', '#f2eccf'] as const;

const picture = (contents: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="400" height="400">${contents}</svg>\n`;

/** Wall, table and a disc of light behind the thing; which of them, the product's id decides. */
function scene(productId: string): string {
  const seed = seedOf(productId);
  const wall = BACKDROPS[seed % BACKDROPS.length] ?? BACKDROPS[0];
  const left = seed % 2 === 0;
  return rect(0, 0, 400, 400, 0, wall) + circle(left ? 128 : 272, 150 + (seed % 5) * 8, 128, mix(wall, '#ffffff', 0.55)) + rect(0, 318, 400, 82, 0, mix(wall, '#7a6a55', 0.16)) + oval(200, 326, 140, 14, mix(wall, '#4d4238', 0.3));
}

/**
 * A product's picture as an SVG of less than 4 KB, the same for the same id every time.
 * @throws Error for a product whose id names nothing that is drawn here
 */
export function drawPicture(productId: string): string {
  const draw = shapeOf(productId);
  if (!draw) throw new Error(`Nothing is drawn for ${productId}: add its shape to storefront/pictures/shape-of.ts, or give it an image of its own.`);
  return picture(scene(productId) + draw(coloursOf(productId)));
}

/** A wrapped parcel, for products that come without a picture. */
export function drawPlaceholder(): string {
  const parcel = rect(96, 138, 208, 182, 8, '#cba46d') + rect(96, 138, 208, 46, 8, '#d8b682') + stroke('M200 138v182M96 214h208', '#a8483a', 13) + stroke('M200 138q-60-60-52-10q8 14 52 10q60-60 52-10q-8 14-52 10', '#a8483a', 10);
  return picture(scene('placeholder') + parcel);
}
