import { english } from '../../../storefront/words/english';
import { german } from '../../../storefront/words/german';

/** What is the same in both, rightly. */
const SAME = ['shop.optional', 'search.sorts.name', 'order.status', 'fields.name', 'fields.region'];

type Said = string | ((...given: never[]) => string);

/** Each text by its place, `search.sorts.name`. */
function textsOf(words: object, place: readonly string[] = []): Map<string, Said> {
  return new Map(
    Object.entries(words).flatMap(([name, said]: [string, Said | object]) =>
      typeof said === 'object' ? [...textsOf(said, [...place, name])] : [[[...place, name].join('.'), said] as const],
    ),
  );
}

/** A text with something in each of its gaps, which can be looked for. */
const MARKS = ['<first>', '<second>'];
const withMarks = (said: Said): string => (typeof said === 'string' ? said : said(...(MARKS as never[])));

const languages = { en: textsOf(english.words), de: textsOf(german.words) };

test('both languages say the same things, and none of them nothing', () => {
  expect([...languages.de.keys()].toSorted()).toEqual([...languages.en.keys()].toSorted());
  for (const texts of Object.values(languages)) expect([...texts].filter(([, said]) => withMarks(said).trim() === '').map(([place]) => place)).toEqual([]);
});

test('nothing German is still English, but for a few words that both have', () => {
  const same = [...languages.en].filter(([place, said]) => withMarks(said) === withMarks(languages.de.get(place) ?? '')).map(([place]) => place);
  expect(same.toSorted()).toEqual(SAME.toSorted());
});

test('what a sentence is told it says in both languages', () => {
  // A count becomes a number, and is looked for as one elsewhere.
  const marksIn = (said: Said | undefined) => MARKS.filter((mark) => said !== undefined && withMarks(said).includes(mark));
  const differing = [...languages.en].filter(([place, said]) => marksIn(said).join(' ') !== marksIn(languages.de.get(place)).join(' ')).map(([place]) => place);
  expect(differing).toEqual([]);
  const silent = [...languages.en].filter(([, said]) => typeof said === 'function' && !/<first>|NaN|\d/.test(withMarks(said))).map(([place]) => place);
  expect(silent).toEqual(['shop.basketOf']);
});

test('German addresses customers formally, and writes its quotation marks and dashes as German does', () => {
  for (const [place, said] of languages.de) {
    const text = withMarks(said);
    expect(`${place}: ${text}`).not.toMatch(/\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b/i);
    expect(`${place}: ${text}`).not.toMatch(/["”']|\.\.\./);
  }
});
