import { api } from './api';
import { Log } from './log';
import { lineOf } from './logLines';
import { href } from './route';
import type { ActionAddress } from './stackEvents';

interface Props {
  of: ActionAddress;
  kind: 'builds' | 'attempts';
  /** Of the build, or of the attempt where the action is none. */
  id: string;
  /** `L120` */
  line: string | undefined;
}

/** What an action of a run has written. */
export function ActionLog({ of: { pipeline, executionId, stage, action }, kind, id, line }: Props) {
  const path = kind === 'builds' ? api`builds/${id}/log` : api`pipelines/${pipeline}/executions/${executionId}/attempts/${id}/log`;
  return <Log path={path} address={href`runs/${pipeline}/${executionId}/${stage}/${action}/${kind}/${id}`} id={id} line={lineOf(line)} />;
}
