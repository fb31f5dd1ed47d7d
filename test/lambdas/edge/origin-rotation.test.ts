import { STEPS } from '../../../lambdas/edge/origin-rotation';
import type { Rotation } from '../../../lambdas/edge/origin-rotation';
import { OriginSecret } from '../../../lambdas/shared/origin-secret';

/**
 * Secrets Manager, a CloudFront of two places that learn of an update one after the other, and a function of the API
 * that reads as it does in truth; time goes on while the rotation waits, and a request comes in through each place.
 */
function world() {
  const versions = new Map([['first', 'old']]);
  const stages: Record<string, string | undefined> = { AWSCURRENT: 'first' };
  const clock = { now: 0, endsAt: 900_000 };
  const places = ['old', 'old'];
  const updates: string[] = [];
  const refused: string[] = [];
  const valueAt = (stage: string): string | undefined => versions.get(stages[stage] ?? '');
  const api = new OriginSecret(async (stage) => valueAt(stage), () => clock.now);
  const visit = async (): Promise<void> => {
    for (const shown of places) if (!(await api.accepts(shown))) refused.push(`${shown} at ${clock.now}`);
  };
  const rotation: Rotation = {
    versions: {
      value: async (version) => (version === 'AWSCURRENT' ? valueAt(version) : versions.get(version.id)),
      addPending: async (id, text) => {
        versions.set(id, text);
        stages['AWSPENDING'] = id;
      },
      idOfCurrent: async () => stages['AWSCURRENT'],
      makeCurrent: async (id, instead) => {
        Object.assign(stages, { AWSPREVIOUS: instead, AWSCURRENT: id });
      },
    },
    sender: {
      send: async (text) => {
        updates.push(text);
        places[0] = text;
      },
      sends: async (text) => places.every((place) => place === text),
    },
    isAccepted: (text) => api.accepts(text),
    sleep: async (milliseconds) => {
      // Visitors come every second; the second place learns of an update a minute after it.
      for (const end = clock.now + milliseconds; clock.now < end; clock.now += 1_000) {
        await visit();
        if (updates.length > 0 && clock.now > 60_000) places[1] = updates.at(-1) ?? '';
      }
    },
    remaining: () => clock.endsAt - clock.now,
  };
  return { rotation, api, versions, stages, places, refused, clock, visit, updates };
}

const rotate = async (rotation: Rotation, token: string): Promise<void> => {
  for (const step of [STEPS.createSecret, STEPS.setSecret, STEPS.testSecret, STEPS.finishSecret]) {
    // oxlint-disable-next-line no-await-in-loop
    await step(rotation, token);
  }
};

it('puts a new secret in the old one’s place, and no request through any place of CloudFront is refused meanwhile', async () => {
  const { rotation, versions, stages, places, refused, visit } = world();
  await visit();
  await rotate(rotation, 'second');
  const [, second = ''] = versions.values();
  expect(second).toMatch(/^[\w-]{40}$/);
  expect(stages).toMatchObject({ AWSCURRENT: 'second', AWSPREVIOUS: 'first' });
  expect(places).toEqual([second, second]);
  expect(refused).toEqual([]);
});

it('forgets the secret before the last one', async () => {
  const { rotation, clock, refused, api } = world();
  for (const token of ['second', 'third']) {
    clock.endsAt = clock.now + 900_000;
    // oxlint-disable-next-line no-await-in-loop
    await rotate(rotation, token);
  }
  clock.now += 300_000;
  await expect(api.accepts('old')).resolves.toBe(false);
  expect(refused).toEqual([]);
});

it('may repeat every step, and draws one secret only', async () => {
  const { rotation, versions, stages, updates } = world();
  for (const step of [STEPS.createSecret, STEPS.createSecret, STEPS.setSecret, STEPS.setSecret, STEPS.testSecret, STEPS.testSecret, STEPS.finishSecret, STEPS.finishSecret]) {
    // oxlint-disable-next-line no-await-in-loop
    await step(rotation, 'second');
  }
  expect(new Set(updates)).toEqual(new Set([versions.get('second')]));
  expect(stages).toMatchObject({ AWSCURRENT: 'second', AWSPREVIOUS: 'first' });
});

it('does not let CloudFront send what the API refuses', async () => {
  const { rotation, updates } = world();
  await STEPS.createSecret(rotation, 'second');
  await expect(STEPS.setSecret({ ...rotation, isAccepted: async () => false }, 'second')).rejects.toThrow('The API does not accept the new secret');
  expect(updates).toEqual([]);
});

it('does not end before CloudFront sends the new secret everywhere', async () => {
  const { rotation, stages } = world();
  await STEPS.createSecret(rotation, 'second');
  const never = { ...rotation, sender: { ...rotation.sender, sends: async () => false } };
  await expect(STEPS.testSecret(never, 'second')).rejects.toThrow('CloudFront does not send the secret everywhere yet');
  expect(stages['AWSCURRENT']).toBe('first');
});

it('passes the trial run of a new schedule, which has no new value', async () => {
  const { rotation } = world();
  await expect(STEPS.testSecret(rotation, 'trial')).resolves.toBeUndefined();
  await expect(STEPS.finishSecret(rotation, 'trial')).rejects.toThrow('The version trial has no value');
});
