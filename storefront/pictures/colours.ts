/** The colours of one picture: a product's own, shaded, on a background that suits it. */
export interface Colours {
  readonly main: string;
  readonly dark: string;
  readonly light: string;
  readonly accent: string;
  readonly paper: string;
  readonly ink: string;
}

/** Colours and materials as vendors write them into names. The last that a product's id has is its colour: a cast-iron teapot in indigo is blue. */
const NAMED: Readonly<Record<string, string>> = {
  sage: '#9caf88', charcoal: '#43474d', indigo: '#3a4f8a', copper: '#bd7748', forest: '#355c47', sand: '#d5bf9b', rose: '#d9a29b',
  ochre: '#cf9d38', slate: '#6c7783', terracotta: '#c86f4f', brass: '#c4a24c', graphite: '#53575d', rust: '#ad5633', ivory: '#eee3ca',
  opal: '#eef1ee', heather: '#957f9f', sky: '#8fb8d6', white: '#f4f1ea', natural: '#e0d0ae', cognac: '#a2622f', cream: '#efe2c8',
  lavender: '#a99ccb', fig: '#6d566f', almond: '#dfc6a4', orange: '#e29046', eucalyptus: '#8fb5a4', rosemary: '#6f8a68',
  oak: '#c59c6d', walnut: '#77523a', ash: '#dac49c', beech: '#d5a978', maple: '#e2c596', cherry: '#ad6844', olive: '#a88b52',
  willow: '#cba46d', cork: '#c79d6d', jute: '#c9aa77', steel: '#a9b3ba', galvanised: '#b3bcc1', iron: '#4d5053', carbon: '#5a5f64',
  beeswax: '#e0b04c', paper: '#f3ecdc', linen: '#cfc3a8', glass: '#b9d7da', jar: '#b9d7da', carafe: '#b9d7da', tomato: '#c9503c',
  wildflower: '#b0759b', jasmine: '#a9bd7e', rooibos: '#b5573a', decaf: '#a88d74', yirgacheffe: '#d9a441', recycled: '#7f8f86', waffle: '#8fb5a4',
};
const OTHERS = ['#c86f4f', '#3a4f8a', '#355c47', '#cf9d38', '#957f9f', '#8fb8d6', '#ad5633', '#9caf88', '#6c7783'] as const;

/** The same number for the same text, from 0 to 2^32 (FNV-1a): pictures must not change from build to build. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

const channels = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** `share` of `b` in `a`. */
export function mix(a: string, b: string, share: number): string {
  const other = channels(b);
  return `#${channels(a).map((value, index) => Math.round(value + ((other[index] ?? value) - value) * share).toString(16).padStart(2, '0')).join('')}`;
}

export function coloursOf(productId: string): Colours {
  const words = productId.split('-');
  const seed = seedOf(productId);
  const main = words.flatMap((word) => NAMED[word] ?? []).at(-1) ?? OTHERS[seed % OTHERS.length] ?? OTHERS[0];
  const accent = OTHERS[(seed >>> 8) % OTHERS.length] ?? OTHERS[0];
  return {
    main,
    dark: mix(main, '#1d1a22', 0.35),
    light: mix(main, '#ffffff', 0.35),
    accent: accent === main ? '#e2c596' : accent,
    paper: '#fbf7ee',
    ink: '#35323a',
  };
}
