import { createHash, randomUUID } from 'node:crypto';
import type { Caller } from '../aws/caller';
import { ServiceError } from '../aws/errors';
import { ENDED, seconds } from './kept';
import type { Application, Kept } from './kept';
import type { ApplicationSettings } from './requests';

type Place = Pick<Caller, 'account' | 'region'>;

/** As AWS's look: `00f1r9e1hj0q2o09`. */
export const newId = (): string => `00${createHash('sha256').update(randomUUID()).digest('hex').slice(0, 14)}`;
export const applicationArn = ({ account, region }: Place, id: string): string => `arn:aws:emr-serverless:${region}:${account}:/applications/${id}`;

/** The applications of EMR Serverless: each is there at once. */
export class Applications {
  constructor(private readonly kept: Kept) {}

  /** @throws ServiceError ResourceNotFoundException */
  of({ account, region }: Place, id: string): Application {
    const found = this.kept.applications.get(id);
    if (!found || found.account !== account || found.region !== region || found.state === 'TERMINATED') throw new ServiceError('ResourceNotFoundException', `Application ${id} does not exist.`, 404);
    return found;
  }

  list({ account, region }: Place): Application[] {
    return [...this.kept.applications.values()].filter((one) => one.account === account && one.region === region && one.state !== 'TERMINATED');
  }

  async create({ account, region }: Place, settings: ApplicationSettings): Promise<Application> {
    const made: Application = { ...settings, account, region, applicationId: newId(), state: 'CREATED', createdAt: seconds(), updatedAt: seconds() };
    return this.#put(made);
  }

  /** As AWS does, only one that runs nothing is changed. @throws ServiceError ConflictException */
  async update(place: Place, id: string, change: Partial<ApplicationSettings>): Promise<Application> {
    const found = this.of(place, id);
    if (found.state === 'STARTED') throw new ServiceError('ConflictException', `Application ${id} is STARTED: stop it before it is updated.`, 409);
    return this.#put({ ...found, ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)), updatedAt: seconds() });
  }

  async become(place: Place, id: string, state: Application['state']): Promise<Application> {
    const found = this.of(place, id);
    const busy = [...this.kept.jobRuns.values()].some((run) => run.applicationId === id && !ENDED.some((ended) => ended === run.state));
    if (busy && state !== 'STARTED') throw new ServiceError('ConflictException', `Application ${id} has job runs that have not ended.`, 409);
    if (state === 'TERMINATED' && found.state === 'STARTED') throw new ServiceError('ConflictException', `Application ${id} is STARTED: stop it before it is deleted.`, 409);
    return this.#put({ ...found, state, updatedAt: seconds() });
  }

  async #put(application: Application): Promise<Application> {
    this.kept.applications.put(application.applicationId, application);
    await this.kept.commit();
    return application;
  }
}

export const shownApplication = ({ account, region, tags, ...application }: Application): object => ({
  ...application,
  arn: applicationArn({ account, region }, application.applicationId),
  stateDetails: '',
  tags,
});
