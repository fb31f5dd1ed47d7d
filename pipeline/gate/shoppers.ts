import { randomBytes, randomUUID } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';

export interface Shopper {
  readonly email: string;
  readonly accessToken: string;
  readonly idToken: string;
}

/** Synthetic customers: made for one run of the gate, signed in through its own app client, removed at its end. */
export class Shoppers {
  readonly #cognito: CognitoIdentityProviderClient;
  readonly #userPoolId: string;
  readonly #clientId: string;
  readonly #made: string[] = [];

  constructor(cognito: CognitoIdentityProviderClient, userPoolId: string, clientId: string) {
    this.#cognito = cognito;
    this.#userPoolId = userPoolId;
    this.#clientId = clientId;
  }

  /** Makes a shopper with a confirmed address of SES's mailbox simulator and signs them in. */
  async signUp(): Promise<Shopper> {
    const email = `success+${randomUUID()}@simulator.amazonses.com`;
    // Upper case, lower case, digit and symbol are what the pool's password policy asks for.
    const password = `Aa1!${randomBytes(24).toString('base64url')}`;
    const user = { UserPoolId: this.#userPoolId, Username: email };
    await this.#cognito.send(
      new AdminCreateUserCommand({ ...user, MessageAction: 'SUPPRESS', UserAttributes: [{ Name: 'email', Value: email }, { Name: 'email_verified', Value: 'true' }] }),
    );
    this.#made.push(email);
    await this.#cognito.send(new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }));
    const { AuthenticationResult: tokens } = await this.#cognito.send(
      new AdminInitiateAuthCommand({
        UserPoolId: this.#userPoolId,
        ClientId: this.#clientId,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    if (!tokens?.AccessToken || !tokens.IdToken) throw new Error('Cognito signed the shopper in without giving tokens.');
    return { email, accessToken: tokens.AccessToken, idToken: tokens.IdToken };
  }

  /** Removes every shopper this run made; all are tried, also when one cannot be removed. */
  async removeAll(): Promise<void> {
    const outcomes = await Promise.allSettled(
      this.#made.map((email) => this.#cognito.send(new AdminDeleteUserCommand({ UserPoolId: this.#userPoolId, Username: email }))),
    );
    const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [String(outcome.reason)] : []));
    if (failed.length > 0) throw new Error(`${failed.length} shoppers could not be removed: ${failed.join('; ')}`);
  }
}
