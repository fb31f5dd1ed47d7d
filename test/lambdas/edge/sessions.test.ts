import { CustomerId } from '../../../contracts/ids';
import { endSessions, type Pool } from '../../../lambdas/edge/sessions';

const ada = CustomerId.parse('0193aa6b-0000-7000-8000-0000000000a7');
const pool = (send: (command: { input: object }) => Promise<unknown>): Pool => ({ userPoolId: 'us-east-1_shop', client: { send: send as Pool['client']['send'] } });
const failing = (name: string) => pool(() => Promise.reject(Object.assign(new Error('no'), { name })));

test('all sessions of the caller end, and of nobody else', async () => {
  const asked: object[] = [];
  const answer = await endSessions(pool(async ({ input }) => void asked.push(input)), ada);
  expect(answer).toEqual({ signedOut: true });
  expect(asked).toEqual([{ UserPoolId: 'us-east-1_shop', Username: ada }]);
});

test('a customer who is gone is nobody, and a pool that is too busy can be asked again', async () => {
  await expect(endSessions(failing('UserNotFoundException'), ada)).rejects.toMatchObject({ code: 'not-signed-in' });
  await expect(endSessions(failing('TooManyRequestsException'), ada)).rejects.toMatchObject({ code: 'try-again', options: { headers: { 'retry-after': '1' } } });
});

test('anything else is a fault and looks like one', async () => {
  await expect(endSessions(failing('NotAuthorizedException'), ada)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});
