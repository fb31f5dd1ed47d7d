import * as z from 'zod/mini';
import { readEnvironment } from '../../../lambdas/shared/environment';

const Configuration = z.object({ TABLE_NAME: z.string(), GATE: z.optional(z.string()) });

it('takes what the model names and leaves the rest', () => {
  expect(readEnvironment(Configuration, { TABLE_NAME: 'products', PATH: '/bin' })).toEqual({ TABLE_NAME: 'products' });
});

it('names each variable that is missing', () => {
  expect(() => readEnvironment(Configuration, {})).toThrow("The function's environment is wrong: TABLE_NAME is required");
});
