import type { ProductId } from '../../../contracts/ids';
import { RECOMMENDATION_SOURCES } from '../../../contracts/recommendation';
import { reason as reasonIn } from '../../../storefront/recommendations/reason';
import { english } from '../../../storefront/words/english';

const reason = (source: (typeof RECOMMENDATION_SOURCES)[number], because: Parameters<typeof reasonIn>[1], lookingAt?: string) => reasonIn(source, because, english.words, lookingAt);
const because = { productId: 'walnut-board' as ProductId, name: 'Walnut serving board' };

test('what is often looked at together with the product of the page is said to be', () => {
  expect(reason('similar', because, 'walnut-board')).toBe('Often looked at together with Walnut serving board');
});

test.each([['similar', 'linen-apron'], ['similar', undefined], ['personalized', 'walnut-board'], ['personalized', undefined]] as const)(
  'what is %s to something looked at elsewhere is because of that, on the page of %s',
  (source, lookingAt) => expect(reason(source, because, lookingAt)).toBe('Because you looked at Walnut serving board'),
);

test('what is popular is so for nobody’s sake', () => {
  expect(reason('popular', because)).toBe('Popular now');
  expect(reason('popular', undefined)).toBe('Popular now');
});

test('there is a reason in words whatever the source, with or without a product', () => {
  for (const source of RECOMMENDATION_SOURCES) expect(reason(source, undefined)).toMatch(/^[A-Z][a-z ]+$/);
});
