import type { AcceptedSecret } from '../shared/accepted-secret';
import { ProblemError } from '../shared/problem-error';

/**
 * What `verify` makes of a webhook, with whichever version of the signing secret it is signed.
 * @throws ProblemError `bad-signature` when it is none of them, and whatever else `verify` throws
 */
export async function signedWithOneOf<T extends object>(secret: Pick<AcceptedSecret, 'find'>, verify: (version: string) => T | Promise<T>): Promise<T> {
  let refusal = new ProblemError('bad-signature');
  const verified = await secret.find(async (version) => {
    try {
      return await verify(version);
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== 'bad-signature') throw error;
      refusal = error;
      return undefined;
    }
  });
  if (verified === undefined) throw refusal;
  return verified;
}
