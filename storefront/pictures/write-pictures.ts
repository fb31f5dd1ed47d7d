import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { ProductId } from '../../contracts/ids';
import { ImagePath, PLACEHOLDER_IMAGE } from '../../contracts/product';
import { drawPicture, drawPlaceholder } from './draw-picture';

const Pictured = z.array(z.object({ productId: ProductId, image: ImagePath }));

/**
 * Draws the picture of each product of a catalogue file where the product's `image` says it is, below the folder of the
 * built pages, and the placeholder.
 * @returns how many pictures were written
 */
export async function writePictures(catalogueFile: string, pagesFolder: string): Promise<number> {
  const products = Pictured.parse(JSON.parse(await readFile(catalogueFile, 'utf8')));
  const pictures = new Map([[PLACEHOLDER_IMAGE, drawPlaceholder()], ...products.map(({ productId, image }) => [image, drawPicture(productId)] as const)]);
  await Promise.all(
    [...pictures].map(async ([image, svg]) => {
      const file = join(pagesFolder, image);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, svg);
    }),
  );
  return pictures.size;
}
