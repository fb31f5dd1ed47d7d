import { artefact } from '../../app/shared/artefacts';

test('a synth without a build says which command is missing', () => {
  expect(() => artefact('lambdas/orders/no-such-function')).toThrow('dist/lambdas/orders/no-such-function does not exist: run `npm run build` first');
});
