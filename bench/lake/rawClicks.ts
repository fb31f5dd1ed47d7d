import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

export const DAY = '2026-11-22';
const PRODUCTS = 2_000;
/** What a visitor does, one step a minute. */
const VISIT = ['Search', 'View', 'View', 'AddToCart', 'View', 'RecommendationShown', 'View', 'ViewCart', 'StartCheckout', 'Purchase'] as const;
const OF_PRODUCT = new Set<string>(['View', 'AddToCart', 'RecommendationShown', 'Purchase']);
/** One in so many came twice. */
const TWICE = 50;
/** Firehose's files are at most 128 MiB before they are packed. */
const A_FILE = 250_000;

/** Writes a day of so many clicks as Firehose delivers them, gzip JSON lines by the hour, the same each time. @returns the folder */
export async function writeRawClicks(folder: string, clicks: number): Promise<string> {
  for (let first = 0, file = 0; first < clicks; first += A_FILE, file += 1) {
    const hour = String(file % 24).padStart(2, '0');
    const [year = '', month = '', day = ''] = DAY.split('-');
    const place = join(folder, `year=${year}`, `month=${month}`, `day=${day}`, `hour=${hour}`);
    mkdirSync(place, { recursive: true });
    // oxlint-disable-next-line no-await-in-loop -- one file after the other keeps the memory small
    await pipeline(Readable.from(lines(first, Math.min(clicks, first + A_FILE), hour)), createGzip({ level: 1 }), createWriteStream(join(place, `clicks-${file}.gz`)));
  }
  return folder;
}

function* lines(from: number, until: number, hour: string): Generator<string> {
  for (let number = from; number < until; ) {
    let text = '';
    while (text.length < 65_536 && number < until) text += `${lineOf(number++, hour)}\n`;
    yield text;
  }
}

function lineOf(number: number, hour: string): string {
  const original = number % TWICE === 1 ? number - 1 : number;
  const visit = Math.floor(original / VISIT.length);
  const step = original % VISIT.length;
  const type = VISIT[step] ?? 'View';
  const time = `${DAY}T${hour}:${String((visit + step) % 60).padStart(2, '0')}:30.000Z`;
  return JSON.stringify({
    eventId: idOf(7, original),
    type,
    eventTime: time,
    anonymousId: idOf(4, visit % 100_000),
    sessionId: idOf(4, visit),
    page: '/products',
    ...(OF_PRODUCT.has(type) && { productId: `product-${popular(visit * 31 + step * 7)}`, price: { amount: 1_999, currency: 'EUR' } }),
    ...(type === 'Search' && { searchText: 'stoneware mug', resultCount: 12 }),
    ...(type === 'RecommendationShown' && { recommendationId: idOf(4, visit) }),
    ...(type === 'Purchase' && { orderId: idOf(7, visit), quantity: 1 }),
    synthetic: false,
    receiveTime: time,
  });
}

/** Few products are looked at by many. */
const popular = (seed: number): number => Math.floor(PRODUCTS * ((Math.imul(seed, 2_654_435_761) >>> 0) / 2 ** 32) ** 3);

const idOf = (version: 4 | 7, number: number): string => `01936f00-0000-${version}000-8000-${number.toString(16).padStart(12, '0')}`;
