import jsonata from 'jsonata';
import { createHash, randomUUID } from 'node:crypto';

type Json = unknown;
type Bindings = Readonly<Record<string, Json>>;

interface Transition {
  readonly Next?: string;
  readonly Assign?: Bindings;
  readonly Output?: Json;
}

interface State extends Transition {
  readonly Type: 'Task' | 'Pass' | 'Choice' | 'Succeed' | 'Fail';
  readonly Resource?: string;
  readonly Arguments?: Json;
  readonly TimeoutSeconds?: Json;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly IntervalSeconds?: number; readonly MaxAttempts?: number; readonly BackoffRate?: number; readonly MaxDelaySeconds?: number }[];
  readonly Catch?: readonly (Transition & { readonly ErrorEquals: readonly string[] })[];
  readonly Choices?: readonly (Transition & { readonly Condition: string })[];
  readonly Default?: string;
  readonly Error?: Json;
  readonly Cause?: Json;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** What a task fails with, by the name that `Retry` and `Catch` know. */
export class TaskFailed extends Error {
  constructor(
    readonly error: string,
    cause = '',
  ) {
    super(cause);
  }
}

export interface Task {
  readonly state: string;
  /** `arn:aws:states:::http:invoke` */
  readonly resource: string;
  readonly arguments: Json;
  readonly timeoutSeconds?: number;
  /** What `.waitForTaskToken` is answered by. */
  readonly token: string;
}

export interface Machine {
  readonly definition: Definition;
  /** Of the execution. */
  readonly name: string;
  /** Does what a Task asks for. @throws TaskFailed */
  readonly perform: (task: Task) => Promise<Json>;
  readonly now: () => Date;
  /** Lets the time of a retry pass. */
  readonly sleep: (seconds: number) => Promise<void>;
}

/** What the expressions of a field of a state were evaluated with. */
export interface Evaluation {
  /** `Begin/Assign`, `Authorized?/Choices/1/Condition`, `BookShipment/Catch/0/Output` */
  readonly field: string;
  readonly bindings: Bindings;
}

interface Trace {
  /** The states, in the order in which they were entered. */
  readonly path: readonly string[];
  readonly evaluations: readonly Evaluation[];
}

export type Execution = ({ readonly status: 'SUCCEEDED'; readonly output: Json } & Trace) | Failed;

interface Failed extends Trace {
  readonly status: 'FAILED';
  readonly error: string;
  readonly cause: string;
  /** Goes on with the state that failed, given what it was given. */
  readonly redrive: () => Promise<Execution>;
}

/**
 * Runs a definition in JSONata (https://states-language.net/spec.html) as far as this project's own go, with the
 * reference implementation of JSONata, in the time that it is told: what a state machine does in weeks takes milliseconds.
 */
export const execute = (machine: Machine, input: Json): Promise<Execution> => goOn(machine, { name: machine.definition.StartAt, data: input, variables: {} }, { path: [], evaluations: [] });

interface Position {
  readonly name: string;
  readonly data: Json;
  readonly variables: Bindings;
}

async function goOn(machine: Machine, from: Position, before: Trace): Promise<Execution> {
  const { definition, name: execution, perform, now, sleep } = machine;
  const [path, evaluations] = [[...before.path], [...before.evaluations]];
  let { name, data, variables } = from;
  const failed = (error: string, cause: string): Failed => {
    const position = { name, data, variables };
    return { status: 'FAILED', error, cause, path, evaluations, redrive: () => goOn(machine, position, { path, evaluations }) };
  };
  for (;;) {
    path.push(name);
    const state = definition.States[name];
    if (!state) throw new Error(`There is no state ${name}`);
    const token = randomUUID();
    const scope = (more: Bindings = {}): Bindings => ({ ...variables, states: { input: data, context: { Execution: { Name: execution }, Task: { Token: token } }, ...more } });
    const evaluate = (field: string, template: Json, bindings: Bindings): Promise<Json> => {
      evaluations.push({ field: `${name}/${field}`, bindings });
      return render(template, bindings, now);
    };
    const move = async (transition: Transition, bindings: Bindings, result: Json, at = ''): Promise<void> => {
      const assigned = await evaluate(`${at}Assign`, transition.Assign ?? {}, bindings);
      const output = transition.Output === undefined ? result : await evaluate(`${at}Output`, transition.Output, bindings);
      variables = { ...variables, ...(assigned as Bindings) };
      data = output;
      name = transition.Next ?? '';
    };

    switch (state.Type) {
      case 'Succeed':
        return { status: 'SUCCEEDED', output: state.Output === undefined ? data : await evaluate('Output', state.Output, scope()), path, evaluations };
      case 'Fail':
        return failed(String(await evaluate('Error', state.Error ?? '', scope())), String(await evaluate('Cause', state.Cause ?? '', scope())));
      case 'Pass':
        await move(state, scope(), data);
        break;
      case 'Choice': {
        let chosen = -1;
        for (const [index, { Condition: condition }] of (state.Choices ?? []).entries()) {
          if (chosen < 0 && (await evaluate(`Choices/${index}/Condition`, condition, scope())) === true) chosen = index;
        }
        await move(state.Choices?.[chosen] ?? { Next: state.Default }, scope(), data, `Choices/${chosen}/`);
        break;
      }
      case 'Task': {
        try {
          const result = await attempt(state, { perform, sleep }, async () => ({
            state: name,
            resource: state.Resource ?? '',
            arguments: await evaluate('Arguments', state.Arguments ?? {}, scope()),
            ...(state.TimeoutSeconds !== undefined && { timeoutSeconds: Number(await evaluate('TimeoutSeconds', state.TimeoutSeconds, scope())) }),
            token,
          }));
          await move(state, scope({ result }), result);
        } catch (error) {
          if (!(error instanceof TaskFailed)) throw error;
          const index = state.Catch?.findIndex(({ ErrorEquals: names }) => matches(names, error.error)) ?? -1;
          const caught = state.Catch?.[index];
          if (!caught) return failed(error.error, error.message);
          const errorOutput = { Error: error.error, Cause: error.message };
          await move(caught, scope({ errorOutput }), errorOutput, `Catch/${index}/`);
        }
      }
    }
  }
}

async function attempt(state: State, { perform, sleep }: Pick<Machine, 'perform' | 'sleep'>, task: () => Promise<Task>): Promise<Json> {
  const attempts = new Map<object, number>();
  for (;;) {
    try {
      return await perform(await task());
    } catch (error) {
      if (!(error instanceof TaskFailed)) throw error;
      const retrier = state.Retry?.find(({ ErrorEquals: names }) => matches(names, error.error));
      const made = retrier ? (attempts.get(retrier) ?? 0) : 0;
      if (!retrier || made >= (retrier.MaxAttempts ?? 3)) throw error;
      attempts.set(retrier, made + 1);
      await sleep(Math.min((retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** made, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY));
    }
  }
}

const matches = (names: readonly string[], error: string): boolean => names.some((name) => name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'));

/** What stands between `{%` and `%}`, where the text is an expression. */
export const expressionIn = (text: string): string | undefined => /^\{%([^]*)%\}$/.exec(text)?.[1];

/** Every string in `{% %}` in it evaluated. @throws Error naming an expression that gives nothing, as Step Functions does */
export async function render(template: Json, bindings: Bindings, now: () => Date): Promise<Json> {
  if (Array.isArray(template)) return Promise.all(template.map((item) => render(item, bindings, now)));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(await Promise.all(Object.entries(template).map(async ([key, value]) => [key, await render(value, bindings, now)] as const)));
  }
  const expression = typeof template === 'string' ? expressionIn(template) : undefined;
  if (expression === undefined) return template;
  const compiled = jsonata(expression);
  compiled.registerFunction('now', () => now().toISOString());
  compiled.registerFunction('parse', (text: string) => JSON.parse(text) as unknown);
  compiled.registerFunction('uuid', () => randomUUID());
  compiled.registerFunction('hash', (text: string, algorithm: string) => createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex'));
  const result: Json = await compiled.evaluate(undefined, bindings);
  if (result === undefined) throw new Error(`JSONata expression did not return a result: ${expression}`);
  // JSONata's own lists carry properties that plain JSON has not.
  return JSON.parse(JSON.stringify(result)) as Json;
}
