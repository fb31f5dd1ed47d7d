import type { StackEvent } from '../model';

/** What may have lost something first. */
const KINDS = ['Removed', 'Replaced', 'Changed', 'Added'] as const;
type Kind = (typeof KINDS)[number];

export interface Outcome {
  kind: Kind;
  resources: string[];
}

/** What a deployment has done so far, resource by resource; nothing once it is on its way back. */
export function outcomeOf(events: readonly StackEvent[]): Outcome[] {
  if (events.some(({ status }) => status.includes('ROLLBACK'))) return [];
  const kinds = new Map<string, Kind>();
  for (const event of events) {
    const kind = kindOf(event);
    // What is replaced is created anew before and deleted after: it stays replaced.
    if (kind && kinds.get(event.logicalId) !== 'Replaced') kinds.set(event.logicalId, kind);
  }
  return KINDS.flatMap((kind) => {
    const resources = [...kinds].filter(([, one]) => one === kind).map(([logicalId]) => logicalId);
    return resources.length > 0 ? [{ kind, resources }] : [];
  });
}

function kindOf({ type, status, reason = '' }: StackEvent): Kind | undefined {
  if (type === 'AWS::CloudFormation::Stack') return undefined;
  if (reason.startsWith('Requested update requires the creation of a new physical resource')) return 'Replaced';
  if (status === 'CREATE_COMPLETE') return 'Added';
  if (status === 'UPDATE_COMPLETE') return 'Changed';
  return status === 'DELETE_COMPLETE' ? 'Removed' : undefined;
}
