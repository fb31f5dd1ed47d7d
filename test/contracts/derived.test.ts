import { CLICK_TYPES } from '../../contracts/click';
import { interactionsSchema, isOfPersonalize, PERSONALIZE_CLICK_TYPES } from '../../contracts/derived/avro';
import { CLICK_TABLE_COLUMNS } from '../../contracts/derived/glue-columns';
import { CLICK_VIEW_COLUMNS, ORDER_VIEW_COLUMNS } from '../../contracts/derived/redshift-columns';

describe('the interactions of Personalize', () => {
  it('have what Personalize demands, and its types', () => {
    const types = Object.fromEntries(interactionsSchema().fields.map(({ name, type }) => [name, type]));
    expect(types).toMatchObject({ USER_ID: 'string', ITEM_ID: 'string', EVENT_TYPE: 'string', TIMESTAMP: 'long', PRICE: ['null', 'long'] });
  });

  it('stay within ten event types and metadata columns together', () => {
    const reserved = ['USER_ID', 'ITEM_ID', 'EVENT_TYPE', 'TIMESTAMP', 'RECOMMENDATION_ID'];
    const metadata = interactionsSchema().fields.filter(({ name }) => !reserved.includes(name));
    expect(PERSONALIZE_CLICK_TYPES.length + metadata.length).toBeLessThanOrEqual(10);
  });

  it('are of four of the event types', () => {
    expect(CLICK_TYPES.filter((type) => isOfPersonalize(type))).toEqual(['View', 'AddToCart', 'Purchase', 'RecommendationClicked']);
  });
});

it('gives the Glue table a column for each member of a click, with the price as a struct', () => {
  const types = Object.fromEntries(CLICK_TABLE_COLUMNS.map(({ name, type }) => [name, type]));
  expect(types).toMatchObject({ eventid: 'string', quantity: 'bigint', price: 'struct<amount:bigint,currency:string>', synthetic: 'boolean', receivetime: 'string' });
});

it('gives the Redshift view of clicks a typed column for each member, however deep', () => {
  expect(CLICK_VIEW_COLUMNS).toContainEqual({ name: 'event_id', path: ['eventId'], type: 'VARCHAR(36)' });
  expect(CLICK_VIEW_COLUMNS).toContainEqual({ name: 'event_time', path: ['eventTime'], type: 'TIMESTAMPTZ' });
  expect(CLICK_VIEW_COLUMNS).toContainEqual({ name: 'price_amount', path: ['price', 'amount'], type: 'BIGINT' });
  expect(CLICK_VIEW_COLUMNS).toContainEqual({ name: 'quantity', path: ['quantity'], type: 'INTEGER' });
  expect(CLICK_VIEW_COLUMNS).toContainEqual({ name: 'search_text', path: ['searchText'], type: 'VARCHAR(800)' });
});

it('leaves lists of an order as they are, and who the customer is out of reports', () => {
  expect(ORDER_VIEW_COLUMNS).toContainEqual({ name: 'lines', path: ['lines'], type: 'SUPER' });
  expect(ORDER_VIEW_COLUMNS).toContainEqual({ name: 'total_amount', path: ['total', 'amount'], type: 'BIGINT' });
  expect(ORDER_VIEW_COLUMNS.map(({ name }) => name).filter((name) => /email|line1|address_name|postal/.test(name))).toEqual([]);
});

it.each([['clicks', CLICK_VIEW_COLUMNS], ['orders', ORDER_VIEW_COLUMNS]])('names each column of %s once', (_, columns) => {
  expect(new Set(columns.map(({ name }) => name)).size).toBe(columns.length);
});
