import type { z } from 'zod/mini';
import type { CatalogueProduct } from '../../contracts/product';

const MAKES = ['Stoneware', 'Walnut', 'Copper', 'Linen', 'Enamel', 'Oak', 'Porcelain', 'Cast-Iron', 'Brass', 'Wool', 'Bamboo', 'Glass', 'Cork', 'Leather', 'Steel', 'Ash'];
const THINGS = ['Mug', 'Serving Board', 'Kettle', 'Apron', 'Pot', 'Spoon', 'Teapot', 'Pan', 'Candle Holder', 'Blanket', 'Steamer', 'Carafe', 'Coaster', 'Strap', 'Knife', 'Bowl', 'Vase', 'Lamp', 'Tray', 'Brush', 'Basket', 'Jar', 'Plate', 'Stool', 'Hook'];
const COLOURS = ['Sage', 'Charcoal', 'Indigo', 'Cream', 'Forest', 'Rust', 'Sand', 'Ink', 'Moss', 'Rose', 'Slate', 'Ochre', 'Plum', 'Snow', 'Amber', 'Teal', 'Clay', 'Fog', 'Fern', 'Coal', 'Honey', 'Dusk', 'Pearl', 'Mint', 'Wine'];
const CATEGORIES = ['Coffee & tea', 'Kitchen', 'Table', 'Textiles', 'Living', 'Garden', 'Bath', 'Desk', 'Travel', 'Pantry', 'Light', 'Storage'];
const VENDORS = ['Torvald Keramik', 'Kesselhaus', 'Holm & Søn', 'Glas Bohemia', 'Solingen Nord', 'Teehaus Elbe', 'Brick Lane Roasters', 'Leinen & Co', 'Atelier Rhône', 'Casa Verde', 'Northwind', 'Klee', 'Maison Bleue', 'Werkbund', 'Ostsee Wolle', 'Piedra', 'Lumen', 'Hof Sieben', 'Stadtgarten', 'Fjell'];
const SENTENCES = [
  'Made by hand, so that no two are quite alike.',
  'Holds its warmth through a long conversation.',
  'Oiled twice before it leaves the workshop.',
  'Goes into the dishwasher and comes out of it unharmed.',
  'Light for its size, and at home in small rooms.',
  'Wants a drop of oil now and then, and lasts for decades.',
  'Comes in a box that is worth keeping.',
  'Cut from one piece, with the grain left to be seen.',
  'Kind to the hand, and heavier than it looks.',
];

/** A product as a catalogue's file has it. */
type FileProduct = z.input<typeof CatalogueProduct>;

/** As many different products as asked for, up to 10,000, the same ones each time. */
export const catalogue = (count: number): FileProduct[] => Array.from({ length: count }, (_, index) => product(index));

function product(index: number): FileProduct {
  const [make, thing, colour] = [at(MAKES, index), at(THINGS, Math.floor(index / MAKES.length)), at(COLOURS, Math.floor(index / (MAKES.length * THINGS.length)))];
  return {
    productId: `${make}-${thing}-${colour}`.toLowerCase().replaceAll(' ', '-'),
    name: `${make} ${thing}, ${colour}`,
    description: [0, 1, 2].map((place) => at(SENTENCES, index * 7 + place * 2)).join(' '),
    category: at(CATEGORIES, Math.floor(index / MAKES.length)),
    vendor: at(VENDORS, index * 13),
    price: { amount: 490 + ((index * 7_919) % 29_500), currency: 'EUR' },
    stock: index % 9 === 0 ? 0 : index % 200,
  };
}

const at = (texts: readonly string[], index: number): string => texts[index % texts.length] ?? '';

/** What people ask such a catalogue for: words, also misspelt, what narrows them, other orders of the answer, and everything. */
export const QUESTIONS: readonly Readonly<Record<string, string>>[] = [
  { q: 'stoneware mug' },
  { q: 'copper kettle', sort: 'price-asc' },
  { q: 'stonware mgu' },
  { q: 'linen', category: 'Textiles' },
  { q: 'oak serving board', inStock: 'true' },
  { q: '' },
  { q: 'kesselhaus' },
  { q: 'sage', minPrice: '1000', maxPrice: '5000' },
  { q: 'cast iron pan', vendor: 'Kesselhaus' },
  { q: 'candle holder brass', sort: 'name' },
  { q: '', category: 'Kitchen', sort: 'price-desc' },
  { q: 'dishwasher' },
  { q: 'porcelan teapot' },
  { q: 'wool blanket indigo' },
  { q: 'glass', limit: '100' },
  { q: '', inStock: 'true', maxPrice: '2500' },
  { q: 'bamboo steamer', limit: '6' },
  { q: 'gift for an aunt' },
  { q: 'leather strap', category: 'Travel', inStock: 'true' },
  { q: 'vase', vendor: 'Klee', sort: 'price-asc' },
];
