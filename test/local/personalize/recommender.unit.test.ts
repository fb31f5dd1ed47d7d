import { parseFilter } from '../../../local/personalize/filterExpression';
import { Recommender } from '../../../local/personalize/recommender';

const now = Date.parse('2026-11-26T12:00:00Z');
const DAY = 24 * 60 * 60 * 1_000;
const NOT_PURCHASED = parseFilter('EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")');

function taught(...views: readonly (readonly [userId: string, itemId: string, daysAgo?: number, eventType?: string])[]): Recommender {
  const recommender = new Recommender();
  for (const [userId, itemId, daysAgo = 0, eventType = 'View'] of views) recommender.add({ userId, itemId, eventType, at: now - daysAgo * DAY });
  return recommender;
}
const itemsFor = (recommender: Recommender, userId: string, more = {}): string[] => recommender.recommend({ userId, numResults: 10, now, ...more }).map(({ itemId }) => itemId);

describe('the recommender', () => {
  it('puts first what others looked at together with what the user looked at', () => {
    const recommender = taught(['a', 'pan'], ['a', 'lid'], ['b', 'tea'], ['b', 'cup'], ['c', 'tea'], ['me', 'pan']);
    expect(itemsFor(recommender, 'me', { filter: parseFilter('EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("View")') })[0]).toBe('lid');
  });

  it('changes its answer with one event', () => {
    const recommender = taught(['a', 'pan'], ['a', 'lid'], ['b', 'tea'], ['b', 'cup'], ['me', 'pan']);
    expect(itemsFor(recommender, 'me')[0]).toBe('lid');
    for (const other of ['c', 'd']) for (const itemId of ['tea', 'cup']) recommender.add({ userId: other, itemId, eventType: 'View', at: now });
    recommender.add({ userId: 'me', itemId: 'tea', eventType: 'View', at: now });
    expect(itemsFor(recommender, 'me')[0]).toBe('cup');
  });

  it('lets what is new weigh more than what is old', () => {
    expect(itemsFor(taught(['a', 'pan', 60], ['a', 'lid', 60], ['b', 'pan'], ['b', 'oil'], ['me', 'pan']), 'me').indexOf('oil')).toBe(0);
  });

  it('gives somebody it does not know what most deal with', () => {
    expect(itemsFor(taught(['a', 'pan'], ['b', 'pan'], ['c', 'tea']), 'nobody')).toEqual(['pan', 'tea']);
  });

  it('counts an event once by its id', () => {
    const recommender = taught(['a', 'pan'], ['b', 'pan']);
    for (let time = 0; time < 3; time += 1) recommender.add({ eventId: 'e', userId: 'c', itemId: 'tea', eventType: 'View', at: now });
    const [pan, tea] = recommender.recommend({ userId: 'nobody', numResults: 2, now });
    expect(pan?.itemId).toBe('pan');
    expect((pan?.score ?? 0) / (tea?.score ?? 0)).toBeCloseTo(2);
  });
});

describe('a filter', () => {
  it('keeps away what the user has bought, and only from them', () => {
    const recommender = taught(['me', 'pan', 0, 'Purchase'], ['a', 'pan'], ['a', 'lid']);
    expect(itemsFor(recommender, 'me', { filter: NOT_PURCHASED })).toEqual(['lid']);
    expect(itemsFor(recommender, 'a', { filter: NOT_PURCHASED })).toContain('pan');
  });

  it('looks at columns of items, also by values of the call', () => {
    const recommender = taught(['a', 'pan'], ['a', 'tea']);
    recommender.putItem('pan', { CATEGORY: 'kitchen' });
    recommender.putItem('tea', { CATEGORY: 'drinks' });
    const filter = parseFilter('INCLUDE ItemID WHERE Items.CATEGORY IN ($CATEGORY)');
    expect(filter.placeholders).toEqual(['CATEGORY']);
    expect(itemsFor(recommender, 'me', { filter, filterValues: { CATEGORY: ['drinks'] } })).toEqual(['tea']);
    expect(() => itemsFor(recommender, 'me', { filter })).toThrow('no value for CATEGORY');
  });

  it.each(['EXCLUDE UserID WHERE Users.AGE > 3', 'EXCLUDE ItemID WHERE Items.PRICE < 3', 'INCLUDE ItemID WHERE Items.A IN ("x") AND Items.B IN ("y")', 'EXCLUDE ItemID WHERE Items.A IN (x)'])('of another kind is refused by name: %s', (expression) => {
    expect(() => parseFilter(expression)).toThrow(expression);
  });
});
