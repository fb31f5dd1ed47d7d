import { randomUUID } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { setTimeout as sleep } from 'node:timers/promises';
import { ORIGIN_SECRET_HEADER } from '../../../contracts/headers';
import { Shop } from '../../../pipeline/gate/shop';
import type { AttackedShop } from './attackedShop';

/** A function that knows the secret does not ask for it again sooner. */
const REREAD_AFTER_MS = 15_000;

/** What CloudFront proves itself with is exchanged while the shop is open. */
export function originHeader(given: () => AttackedShop): void {
  test('old and new are right during a rotation, CloudFront with the old goes on, and nothing else is right', async () => {
    const { dev, shop } = given();
    const [SecretId] = [...(await dev.resources('Edge', 'AWS::SecretsManager::Secret')).values()];
    const secrets = new SecretsManagerClient(dev.settings);
    const { SecretString: old = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const directly = new Shop(await dev.output('Edge', 'ApiUrl'));
    const statusWith = async (secret: string): Promise<number> => (await directly.send('listCategories', { headers: { [ORIGIN_SECRET_HEADER]: secret } })).status;
    expect(await statusWith(old)).toBe(200);

    const fresh = randomUUID().replaceAll('-', '');
    expect(await statusWith(fresh)).toBe(403);
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: fresh }));
    await sleep(REREAD_AFTER_MS);
    expect([await statusWith(fresh), await statusWith(old), await statusWith(`${old}x`), await statusWith(randomUUID())]).toEqual([200, 200, 403, 403]);
    await shop.call('listCategories');
  });
}
