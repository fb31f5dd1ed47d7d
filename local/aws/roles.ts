import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { serviceToken } from './caller';
import { ServiceError, messageOf } from './errors';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How an AWS SDK client reaches a service as somebody: spread it into the client's configuration. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

const reuseFor = 30 * 60_000;

/** Assumes roles through the gateway, the way AWS services do, and keeps each session for half an hour. */
export class Roles {
  readonly #endpoint: string;
  readonly #sessions = new Map<string, { readonly since: number; readonly credentials: Promise<Credentials> }>();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** Settings for a client that acts with these credentials. */
  settings(credentials: Credentials, region: string): ClientSettings {
    return { endpoint: this.#endpoint, region, credentials };
  }

  /** Credentials of an account itself, for what a service keeps there and nobody else sees. */
  ofAccount(account: string): Credentials {
    return { accessKeyId: account, secretAccessKey: 'local' };
  }

  /** Credentials of an AWS service that acts for itself in an account, e.g. `codebuild.amazonaws.com`. */
  ofService(name: string, account: string): Credentials {
    return { ...this.ofAccount(account), sessionToken: serviceToken(name) };
  }

  /**
   * @param through who assumes it
   * @throws ServiceError AccessDenied naming the role and why it was refused
   */
  async assume(roleArn: string, sessionName: string, region: string, through: Credentials): Promise<Credentials> {
    const key = [through.accessKeyId, through.sessionToken, roleArn, sessionName, region].join(' ');
    const known = this.#sessions.get(key);
    if (known !== undefined && Date.now() - known.since < reuseFor) return known.credentials;
    const credentials = this.#assume(roleArn, sessionName, this.settings(through, region));
    this.#sessions.set(key, { since: Date.now(), credentials });
    credentials.catch(() => this.#sessions.delete(key));
    return credentials;
  }

  async #assume(roleArn: string, sessionName: string, settings: ClientSettings): Promise<Credentials> {
    const client = new STSClient(settings);
    try {
      const name = sessionName.replace(/[^\w+=,.@-]/g, '-').slice(0, 64);
      const { Credentials: made } = await client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: name }));
      if (made?.AccessKeyId === undefined || made.SecretAccessKey === undefined) throw new Error('the answer holds no credentials');
      return { accessKeyId: made.AccessKeyId, secretAccessKey: made.SecretAccessKey, sessionToken: made.SessionToken };
    } catch (error) {
      throw new ServiceError('AccessDenied', `The role ${roleArn} could not be assumed: ${messageOf(error)}`, 403);
    } finally {
      client.destroy();
    }
  }
}
