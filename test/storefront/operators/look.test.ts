import { MAX_REPORT_WINDOW_MS, ReportQuery } from '../../../contracts/analytics';
import { addressOf, chosenIn, lookAt, PERIODS } from '../../../storefront/operators/look';

test.each(PERIODS.flatMap((period) => (['exclude', 'include'] as const).map((synthetic) => ({ period, synthetic }))))('what is chosen stands in the address: $period, $synthetic', (chosen) => {
  expect(chosenIn(new URL(addressOf(chosen), 'https://shop').searchParams)).toEqual(chosen);
});

test('an address that no page has made shows the last 24 hours, without synthetic shoppers', () => {
  expect(chosenIn(new URLSearchParams('period=__proto__&synthetic=maybe'))).toEqual({ period: 'day', synthetic: 'exclude' });
});

test.each(['2026-03-29T21:59:59.999Z', '2026-11-27T23:59:59.999Z', '2026-10-26T22:59:59.999Z'])('the API takes each time there is to choose, also at %s', (now) => {
  for (const period of PERIODS) {
    const { since, until, synthetic } = lookAt({ period, synthetic: 'exclude' }, new Date(now));
    ReportQuery.parse({ since: since.toISOString(), until: until.toISOString(), synthetic });
    expect(until.getTime() - since.getTime()).toBeLessThan(MAX_REPORT_WINDOW_MS);
  }
});
