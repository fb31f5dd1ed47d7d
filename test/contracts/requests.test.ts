import { Click } from '../../contracts/click';
import { SubmitOrderRequest } from '../../contracts/order';
import { CatalogueProduct, ListProductsQuery, PLACEHOLDER_IMAGE } from '../../contracts/product';
import { MAX_LINES, QuoteRequest } from '../../contracts/quote';
import { parse } from '../../lambdas/shared/parse';

const faultsOf = (parsed: ReturnType<typeof parse>): string[] => (parsed.ok ? [] : parsed.faults.map(({ path, reason }) => `${path.join('.')} ${reason}`));

const line = { productId: 'walnut-board', quantity: 1 };
const address = { name: 'Ada Byron', line1: 'Hauptstrasse 1', postalCode: '10115', city: 'Berlin', country: 'DE' };
const submission = { quoteId: '8e03978e-40d5-43e8-bc93-6894a57f9324', shippingAddress: address, paymentMethod: 'pm_card_visa' };
const product = { productId: 'pan', name: 'Pan', description: 'A pan.', category: 'Kitchen', vendor: 'Kesselhaus', price: { amount: 1999, currency: 'EUR' }, stock: 3 };

describe('a request for a quote', () => {
  it('is accepted with up to twenty different products', () => {
    const lines = Array.from({ length: MAX_LINES }, (_, index) => ({ productId: `product-${index}`, quantity: 99 }));
    expect(parse(QuoteRequest, { lines, shippingCountry: 'DE' }).ok).toBe(true);
  });

  it.each([
    ['a missing country', { lines: [line] }, 'shippingCountry is required'],
    ['an empty basket', { lines: [], shippingCountry: 'DE' }, 'lines must have at least one line'],
    ['twenty-one lines', { lines: Array.from({ length: 21 }, (_, index) => ({ productId: `p-${index}`, quantity: 1 })), shippingCountry: 'DE' }, 'lines must have at most 20 lines'],
    ['the same product twice', { lines: [line, line], shippingCountry: 'DE' }, 'lines.1.productId stands in another line already'],
    ['a quantity of zero', { lines: [{ ...line, quantity: 0 }], shippingCountry: 'DE' }, 'lines.0.quantity must be at least 1'],
    ['a quantity of a hundred', { lines: [{ ...line, quantity: 100 }], shippingCountry: 'DE' }, 'lines.0.quantity must be at most 99'],
    ['half a piece', { lines: [{ ...line, quantity: 0.5 }], shippingCountry: 'DE' }, 'lines.0.quantity must be a whole number'],
    ['a quantity in words', { lines: [{ ...line, quantity: '2' }], shippingCountry: 'DE' }, 'lines.0.quantity must be a number'],
    ['a price of its own', { lines: [{ ...line, unitPrice: 1 }], shippingCountry: 'DE' }, 'lines.0.unitPrice is not known here'],
    ['a country in words', { lines: [line], shippingCountry: 'Germany' }, 'shippingCountry must be an ISO 3166-1 code of two capital letters'],
    ['a list instead of an object', [], ' must be an object'],
  ])('is refused with %s, and the field is named', (_, body, fault) => {
    expect(faultsOf(parse(QuoteRequest, body))).toEqual([fault]);
  });
});

describe('a submission of an order', () => {
  it('is accepted with names of any script, which are trimmed and composed', () => {
    const parsed = parse(SubmitOrderRequest, { ...submission, shippingAddress: { ...address, name: '  Zoë 山田 👩‍👩‍👧 می‌خواهم ' } });
    expect(parsed).toMatchObject({ ok: true, value: { shippingAddress: { name: 'Zoë 山田 👩‍👩‍👧 می‌خواهم' } } });
  });

  it.each(['Ada\u0000', 'Ada\nByron', 'Ada\u2028Byron', 'Ada\u202Enoryb', 'Ada\uD800'])('is refused with the unprintable name %j', (name) => {
    expect(faultsOf(parse(SubmitOrderRequest, { ...submission, shippingAddress: { ...address, name } }))).toEqual(['shippingAddress.name must not contain control characters']);
  });

  it('is English unless it says otherwise', () => {
    expect(parse(SubmitOrderRequest, submission)).toMatchObject({ ok: true, value: { language: 'en' } });
    expect(parse(SubmitOrderRequest, { ...submission, language: 'de' })).toMatchObject({ ok: true, value: { language: 'de' } });
  });

  it.each([
    ['an unknown field', { ...submission, total: 1 }, 'total is not known here'],
    ['__proto__', JSON.parse('{"__proto__":{"admin":true}}'), '__proto__ is not known here'],
    ['a quote id of another form', { ...submission, quoteId: '42' }, 'quoteId must be a valid uuid'],
    ['an overlong city', { ...submission, shippingAddress: { ...address, city: 'x'.repeat(81) } }, 'shippingAddress.city must be at most 80 characters long'],
    ['a blank line', { ...submission, shippingAddress: { ...address, line1: ' \t' } }, 'shippingAddress.line1 must not be empty'],
    ['no mail address', { ...submission, email: 'ada' }, 'email must be an e-mail address'],
    ['a language that the shop does not speak', { ...submission, language: 'fr' }, 'language must be en or de'],
    ['a language with its country', { ...submission, language: 'de-AT' }, 'language must be en or de'],
    ['no language at all', { ...submission, language: null }, 'language must be en or de'],
  ])('is refused with %s', (_, body, fault) => {
    expect(faultsOf(parse(SubmitOrderRequest, body))).toContain(fault);
  });
});

describe('a product of a catalogue', () => {
  it('is for sale and has the placeholder as its picture unless it says otherwise', () => {
    expect(parse(CatalogueProduct, product)).toMatchObject({ ok: true, value: { active: true, image: PLACEHOLDER_IMAGE } });
  });

  it.each([
    ['a price in euros', { ...product, price: { amount: 19.99, currency: 'EUR' } }, 'price.amount must be a whole number'],
    ['a negative price', { ...product, price: { amount: -1, currency: 'EUR' } }, 'price.amount must be at least 0'],
    ['another currency', { ...product, price: { amount: 1, currency: 'USD' } }, 'price.currency must be EUR'],
    ['a picture from elsewhere', { ...product, image: 'https://example.org/a.svg' }, 'image must be a path to a picture, like /products/walnut-serving-board.svg'],
    ['a path that climbs', { ...product, image: '/../a.svg' }, 'image must be a path to a picture, like /products/walnut-serving-board.svg'],
  ])('is refused with %s', (_, row, fault) => {
    expect(faultsOf(parse(CatalogueProduct, row))).toEqual([fault]);
  });
});

it('gives 24 products a page unless the query asks for another number', () => {
  expect(parse(ListProductsQuery, {})).toEqual({ ok: true, value: { limit: 24 } });
  expect(parse(ListProductsQuery, { limit: '100' })).toEqual({ ok: true, value: { limit: 100 } });
});

it('never takes from a browser who a click is by', () => {
  const click = {
    eventId: '01890a5d-ac96-774b-bcce-b302099a8057',
    type: 'View',
    eventTime: '2026-11-23T08:15:30.000Z',
    anonymousId: '8e03978e-40d5-43e8-bc93-6894a57f9324',
    sessionId: '8e03978e-40d5-43e8-bc93-6894a57f9324',
    page: '/products/pan',
    productId: 'pan',
  };
  expect(parse(Click, click)).toMatchObject({ ok: true, value: { synthetic: false } });
  expect(faultsOf(parse(Click, { ...click, userId: 'ada' }))).toEqual(['userId is not known here']);
});

it.each([
  ['View', { productId: undefined }, 'productId is required of View'],
  ['UpdateQuantity', { productId: 'pan' }, 'quantity is required of UpdateQuantity'],
  ['Purchase', { productId: 'pan' }, 'orderId is required of Purchase'],
  ['Search', {}, 'searchText is required of Search'],
  ['RecommendationClicked', { productId: 'pan' }, 'recommendationId is required of RecommendationClicked'],
])('demands of a %s what only it can tell', (type, more, fault) => {
  const ids = { anonymousId: '8e03978e-40d5-43e8-bc93-6894a57f9324', sessionId: '8e03978e-40d5-43e8-bc93-6894a57f9324' };
  expect(faultsOf(parse(Click, { eventId: '01890a5d-ac96-774b-bcce-b302099a8057', type, eventTime: '2026-11-23T08:15:30.000Z', ...ids, page: '/', ...more }))).toEqual([fault]);
});
