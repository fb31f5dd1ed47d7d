import { ProductId } from '../../../contracts/ids';
import type { RecommendationId, Recommendations, RecommendationSource } from '../../../contracts/recommendation';
import { type Answers, rowsOf } from '../../../storefront/home/rows';
import { products } from '../fakeProducts';

const [board, apron, tea] = products.map((product) => ({ product }));
const answer = (source: RecommendationSource, ...items: (Recommendations['items'][number] | undefined)[]): Recommendations => ({
  recommendationId: source as string as RecommendationId,
  source,
  items: items.filter((item) => item !== undefined),
});
const shown = (answers: Answers, elsewhere: string[] = [], order: Parameters<typeof rowsOf>[0] = ['forYou', 'popular']) =>
  rowsOf(order, answers, elsewhere).map(({ name, of }) => [name, ...of.items.map(({ product }) => product.productId)]);

test('no product stands in two rows: the first that has it keeps it', () => {
  const answers = { forYou: answer('similar', board, apron), popular: answer('popular', apron, tea) };
  expect(shown(answers)).toEqual([['forYou', 'walnut-board', 'linen-apron'], ['popular', 'sencha']]);
  expect(shown(answers, [], ['popular', 'forYou'])).toEqual([['popular', 'linen-apron', 'sencha'], ['forYou', 'walnut-board']]);
});

test('what is shown beside them stands in neither, and a row with nothing left is none', () => {
  expect(shown({ forYou: answer('similar', board), popular: answer('popular', apron, tea) }, ['walnut-board', 'sencha'])).toEqual([['popular', 'linen-apron']]);
});

test('what is only popular is for nobody in particular', () => {
  expect(shown({ forYou: answer('popular', board), popular: answer('popular', board, apron) })).toEqual([['popular', 'walnut-board', 'linen-apron']]);
  expect(shown({ forYou: answer('popular', board), popular: undefined })).toEqual([]);
  expect(shown({ forYou: answer('popular', board), popular: null })).toEqual([['popular', 'walnut-board']]);
});

test('what is not there yet, or not to be had, takes no place', () => {
  expect(shown({ forYou: undefined, popular: answer('popular', board) })).toEqual([['popular', 'walnut-board']]);
  expect(shown({ forYou: null, popular: null })).toEqual([]);
});

test('a row has six products', () => {
  const many = products.slice(0, 1).flatMap((product) => Array.from({ length: 12 }, (_, place) => ({ product: { ...product, productId: ProductId.parse(`p${place}`) } })));
  expect(shown({ forYou: null, popular: answer('popular', ...many) })[0]).toHaveLength(7);
});
