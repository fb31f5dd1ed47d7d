import { consumers } from '../../bench/consumers/work';
import { EVENTS } from '../../bench/consumers/given';

test.each([...consumers()])('%s: everything that is measured is good, and done again each time', async (_, { given, done }) => {
  expect([await done(given), await done(given)]).toEqual([EVENTS, EVENTS]);
});
