import * as z from 'zod';

const State = z.looseObject({
  Type: z.string(),
  Resource: z.string().optional(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Default: z.string().optional(),
  Choices: z.array(z.looseObject({ Next: z.string() })).optional(),
});
type State = z.infer<typeof State>;
/** As much of the Amazon States Language as is looked at here. */
export const Definition = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), State) });
export type Definition = z.infer<typeof Definition>;

/** What the functions of a good order answer. */
const OUTCOMES: Readonly<Record<string, string>> = { AuthorizePayment: 'AUTHORIZED', CapturePayment: 'CAPTURED', ConfirmByMail: 'SENT' };

/**
 * The same states in the same order with nothing in them: each call of a function becomes one of a function that gives
 * back at once what it is given, every other task (DynamoDB, the carrier) a Pass. Decisions stay. States that only an
 * error leads to are left out: nobody could come to them, and Step Functions refuses such.
 */
export function emptied({ States: states, ...definition }: Definition, functionArn: string): Definition {
  const empty: Record<string, State> = {};
  const waiting = [definition.StartAt];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const state = states[name];
    if (!state || empty[name]) continue;
    empty[name] = state.Type === 'Task' ? emptyTask(name, state, functionArn) : state;
    waiting.push(...[state.Next, state.Default, ...(state.Choices ?? []).map((choice) => choice.Next)].filter((next) => next !== undefined));
  }
  return { ...definition, States: empty };
}

function emptyTask(name: string, { Resource: resource = '', Next: next, End: end }: State, functionArn: string): State {
  const on = { ...(next !== undefined && { Next: next }), ...(end !== undefined && { End: end }) };
  if (!resource.endsWith(':lambda:invoke')) return { Type: 'Pass', ...on };
  const outcome = OUTCOMES[name];
  if (outcome === undefined) throw new Error(`What the function of ${name} answers about a good order is not known.`);
  return { Type: 'Task', Resource: resource, Arguments: { FunctionName: functionArn, Payload: { outcome } }, Output: '{% $states.result.Payload %}', ...on };
}
