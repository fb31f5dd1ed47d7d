import type { Caller } from '../../../local/aws/caller';
import { Statements } from '../../../local/redshift/data/statements';
import type { Engine, Target } from '../../../local/redshift/sql/engine';

const engine = { run: () => Promise.resolve([{ columns: [{ name: 'a', type: 'INTEGER' }], rows: [[1]] }]) } as unknown as Engine;
const caller = (account: string): Caller => ({ account, region: 'us-east-1', service: 'redshift-data', principal: { kind: 'ACCOUNT', arn: `arn:aws:iam::${account}:root`, account }, arn: `arn:aws:iam::${account}:root` });
const asked = { database: 'shop', target: {} as Target, statements: ['SELECT 1'], batch: false, parameters: {} };

test('the answers that one caller was given are held within bounds, the newest ones; those of others stay', async () => {
  const statements = new Statements(engine);
  const [one, other] = [caller('111111111111'), caller('222222222222')];
  const theirs = statements.submit(other, asked);
  const first = statements.submit(one, asked);
  for (let index = 0; index < 500; index += 1) {
    const { id } = statements.submit(one, asked);
    await new Promise(setImmediate);
    expect(statements.find(one, id).status).toBe('FINISHED');
  }
  expect(statements.listed(one)).toHaveLength(500);
  expect(() => statements.find(one, first.id)).toThrow(/does not exist/);
  expect(statements.find(other, theirs.id).results).toHaveLength(1);
});
