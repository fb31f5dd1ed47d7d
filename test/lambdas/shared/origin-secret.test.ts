import { OriginSecret } from '../../../lambdas/shared/origin-secret';

/** A secret that can be rotated, a clock that can be moved, and a count of the calls that Secrets Manager would see. */
function rotating(current: string) {
  const secret = { current, previous: undefined as string | undefined, away: false, calls: 0, time: 0 };
  const origin = new OriginSecret(
    async (version) => {
      secret.calls += 1;
      if (secret.away) throw new Error('Secrets Manager is away');
      return version === 'AWSCURRENT' ? secret.current : secret.previous;
    },
    () => secret.time,
  );
  return { secret, origin };
}

it('accepts the secret and nothing else', async () => {
  const { origin } = rotating('right');
  await expect(Promise.all(['right', 'wrong', '', undefined].map((given) => origin.accepts(given)))).resolves.toEqual([true, false, false, false]);
});

it('goes on accepting what CloudFront was deployed with after a rotation', async () => {
  const { secret, origin } = rotating('old');
  await origin.accepts('old');
  Object.assign(secret, { current: 'new', previous: 'old', time: 6 * 60_000 });
  await expect(origin.accepts('old')).resolves.toBe(true);
  await expect(origin.accepts('new')).resolves.toBe(true);
});

it('has done with a secret five minutes after a second rotation', async () => {
  const { secret, origin } = rotating('old');
  await origin.accepts('old');
  Object.assign(secret, { current: 'newest', previous: 'new', time: 4 * 60_000 });
  await expect(origin.accepts('old')).resolves.toBe(true);
  Object.assign(secret, { time: 5 * 60_000 });
  await expect(Promise.all(['old', 'new', 'newest'].map((given) => origin.accepts(given)))).resolves.toEqual([false, true, true]);
});

it('takes no part, no other case and no second value for the secret', async () => {
  const { origin } = rotating('Right');
  await expect(Promise.all(['Righ', 'Rightt', 'right', 'Right,Right', ' Right'].map((given) => origin.accepts(given)))).resolves.toEqual([false, false, false, false, false]);
});

it('accepts a new secret without waiting for what it knows to grow old', async () => {
  const { secret, origin } = rotating('old');
  await origin.accepts('old');
  Object.assign(secret, { current: 'new', previous: 'old', time: 20_000 });
  await expect(origin.accepts('new')).resolves.toBe(true);
});

it('does not let guesses become calls to Secrets Manager', async () => {
  const { secret, origin } = rotating('right');
  for (let guess = 0; guess < 100; guess += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await origin.accepts(`guess ${guess}`);
  }
  expect(secret.calls).toBe(3);
});

it('reads once for all who wait', async () => {
  const { secret, origin } = rotating('right');
  await Promise.all(Array.from({ length: 20 }, () => origin.accepts('right')));
  expect(secret.calls).toBe(3);
});

it('keeps what it knows while Secrets Manager is away, and fails when it knows nothing', async () => {
  const { secret, origin } = rotating('right');
  secret.away = true;
  await expect(origin.accepts('right')).rejects.toThrow('away');
  secret.away = false;
  await expect(origin.accepts('right')).resolves.toBe(true);
  Object.assign(secret, { away: true, time: 10 * 60_000 });
  await expect(origin.accepts('right')).resolves.toBe(true);
});
