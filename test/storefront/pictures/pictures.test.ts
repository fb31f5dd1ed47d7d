import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawPicture } from '../../../storefront/pictures/draw-picture';
import { writePictures } from '../../../storefront/pictures/write-pictures';

const catalogueFile = join(__dirname, '../../../lambdas/catalog/data/products.json');

describe('the pictures of the catalogue', () => {
  let folder: string;
  let pictures: { readonly name: string; readonly svg: string }[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pictures-test-'));
    await writePictures(catalogueFile, folder);
    const names = await readdir(join(folder, 'products'));
    pictures = await Promise.all(names.map(async (name) => ({ name, svg: await readFile(join(folder, 'products', name), 'utf8') })));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are one for each product, and one for products that have none', () => {
    expect(pictures.length).toBeGreaterThanOrEqual(151);
    expect(pictures.map(({ name }) => name)).toContain('placeholder.svg');
  });

  it('are all different', () => {
    expect(new Set(pictures.map(({ svg }) => svg)).size).toBe(pictures.length);
  });

  it('are small and need nothing from elsewhere, no style and no script', () => {
    expect(pictures.filter(({ svg }) => Buffer.byteLength(svg) > 4_096).map(({ name }) => name)).toEqual([]);
    expect(pictures.filter(({ svg }) => /href|url\(|<style|style=|<script|font|NaN|undefined/.test(svg)).map(({ name }) => name)).toEqual([]);
  });
});

it('draws the same picture for the same product every time', () => {
  expect(drawPicture('stoneware-mug-sage')).toBe(drawPicture('stoneware-mug-sage'));
});

it('says what to do about a product that nobody has drawn', () => {
  expect(() => drawPicture('hovercraft')).toThrow('add its shape to storefront/pictures/shape-of.ts');
});
