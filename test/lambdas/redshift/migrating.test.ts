import { createHash } from 'node:crypto';
import { Migrating, type Plan } from '../../../lambdas/redshift/migrating';
import { statementsIn } from '../../../lambdas/redshift/script';
import type { Asked } from '../../../lambdas/redshift/statements';
import { keepUsageLimit } from '../../../lambdas/redshift/usage-limit';

const file = (name: string, sql: string, checksum = sql) => ({ name, checksum, sql });
const plan = (...migrations: Plan['migrations']): Plan => ({ migrations, views: [{ name: 'raw.a', autoRefresh: 'NO' }], readers: [{ role: 'reports', views: ['shop.a', 'shop.b'] }] });

/** A database that gives one token one statement, and takes as many looks at each as it is told. */
function database(applied: Readonly<Record<string, string>> = {}, looks = 0, failing = '', users: readonly string[] = []) {
  const run: Asked[] = [];
  const left = new Map<string, number>();
  return {
    run,
    statements: {
      start: async (asked: Asked) => {
        const id = asked.token ?? '';
        if (!left.has(id)) {
          run.push(asked);
          left.set(id, looks);
        }
        return `${asked.sql.startsWith('SELECT name, checksum') ? 'applied' : asked.sql.includes('pg_user') ? 'users' : 'other'} ${id} ${asked.sql}`;
      },
      progress: async (id: string) => {
        const token = id.split(' ')[1] ?? '';
        const waiting = left.get(token) ?? 0;
        left.set(token, waiting - 1);
        const state = failing !== '' && id.includes(failing) ? ('FAILED' as const) : waiting > 0 ? ('RUNNING' as const) : ('FINISHED' as const);
        return { state, sql: '', parameters: {}, error: 'ERROR: no' };
      },
      rows: async (id: string) => (id.startsWith('applied') ? Object.entries(applied).map(([name, checksum]) => ({ name, checksum })) : id.startsWith('users') ? users.map((name) => ({ name })) : []),
    },
  };
}
const migrating = (of: ReturnType<typeof database>, hasTime = true, request = 'request') => new Migrating({ statements: of.statements, request, hasTime: () => hasTime, pause: async () => undefined });
const sqlOf = ({ run }: ReturnType<typeof database>) => run.map(({ sql }) => sql);

it('applies in the order of the names what was not applied, writes down each, and lets readers in', async () => {
  const one = database({ '0001-a.sql': 'A' });
  await expect(migrating(one).run(plan(file('0003-c.sql', 'C;'), file('0001-a.sql', 'A'), file('0002-b.sql', 'B1; B2')))).resolves.toBe(true);
  expect(sqlOf(one).filter((sql) => /^[ABC]\d?$|^INSERT|^ALTER|^CREATE USER|^GRANT/.test(sql))).toEqual([
    'B1', 'B2', expect.stringContaining('INSERT'), 'C', expect.stringContaining('INSERT'),
    'ALTER MATERIALIZED VIEW raw.a AUTO REFRESH NO', 'CREATE USER "IAMR:reports" PASSWORD DISABLE', 'GRANT USAGE ON SCHEMA shop TO "IAMR:reports"', 'GRANT SELECT ON shop.a TO "IAMR:reports"', 'GRANT SELECT ON shop.b TO "IAMR:reports"',
  ]);
  expect(one.run.find(({ sql }) => sql.startsWith('INSERT'))?.parameters).toEqual({ name: '0002-b.sql', checksum: 'B1; B2' });
});

it('lets in who signs in by a password, which stands in no statement, and gives them the one that they have now at each deployment', async () => {
  const user = { username: 'dashboards', password: 'Correct0horseBattery', views: ['shop.a'] };
  const first = database();
  await migrating(first, true, 'first').run({ ...plan(), users: [user] });
  const [created = '', ...granted] = sqlOf(first).filter((sql) => sql.includes('"dashboards"'));
  const [, digest, salt = ''] = /^CREATE USER "dashboards" PASSWORD 'sha256\|([0-9a-f]{64})\|([0-9a-f]{64})'$/.exec(created) ?? [];
  expect(digest).toBe(createHash('sha256').update(user.password).update(Buffer.from(salt, 'hex')).digest('hex'));
  expect(granted).toEqual(['GRANT USAGE ON SCHEMA shop TO "dashboards"', 'GRANT SELECT ON shop.a TO "dashboards"']);
  expect(sqlOf(first).join()).not.toContain(user.password);

  const again = database({}, 0, '', ['dashboards']);
  await migrating(again, true, 'second').run({ ...plan(), users: [user] });
  expect(sqlOf(again).find((sql) => sql.includes('USER "dashboards"'))).toMatch(/^ALTER USER "dashboards" PASSWORD 'sha256\|/);
  expect(sqlOf(again).join()).not.toContain(salt);
});

it('refuses a file that was applied and has changed', async () => {
  await expect(migrating(database({ '0001-a.sql': 'before' })).run(plan(file('0001-a.sql', 'A')))).rejects.toThrow('0001-a.sql was applied and has changed since');
});

it('goes on where it was when it is called again, and runs nothing twice', async () => {
  const one = database({}, 3);
  let calls = 1;
  while (!(await migrating(one, false).run(plan(file('0001-a.sql', 'A'))))) calls += 1;
  expect(calls).toBeGreaterThan(5);
  expect(sqlOf(one)).toEqual([...new Set(sqlOf(one))]);
});

it('fails with the file and the words of the database', async () => {
  await expect(migrating(database({}, 0, 'B2')).run(plan(file('0001-b.sql', 'B1; B2')))).rejects.toThrow('0001-b.sql/1: ERROR: no');
});

it('cuts a file into statements at semicolons that are none of a text or a comment', () => {
  expect(statementsIn(`-- first; not\nSELECT ';' AS "a;b"; /* no; */ SELECT 'it''s; -- one' - 1;\n\n`)).toEqual([`SELECT ';' AS "a;b"`, `SELECT 'it''s; -- one' - 1`]);
});

describe('the limit of a day', () => {
  const calls: { name: string; input: unknown }[] = [];
  const client = (limits: object[]) => ({
    send: async (command: { constructor: { name: string }; input: unknown }) => {
      calls.push({ name: command.constructor.name, input: command.input });
      return { usageLimits: limits };
    },
  });
  beforeEach(() => calls.splice(0));
  const limit = { workgroupArn: 'arn:workgroup', rpuHoursADay: 24 };

  it.each([
    ['made where there is none', [], 'CreateUsageLimitCommand'],
    ['made where there is one of a month', [{ period: 'monthly', amount: 24 }], 'CreateUsageLimitCommand'],
    ['changed where it is another', [{ usageLimitId: '1', period: 'daily', amount: 12, breachAction: 'deactivate' }], 'UpdateUsageLimitCommand'],
    ['left as it is', [{ usageLimitId: '1', period: 'daily', amount: 24, breachAction: 'deactivate' }], undefined],
  ])('is %s', async (_, limits, name) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a client as far as it is asked
    await keepUsageLimit(client(limits) as never, limit);
    const [listed, ...others] = calls;
    expect(listed?.name).toBe('ListUsageLimitsCommand');
    expect(others).toMatchObject(name === undefined ? [] : [{ name, input: { amount: 24, breachAction: 'deactivate' } }]);
  });
});
