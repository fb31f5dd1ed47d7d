import { ClickBatch } from '../../contracts/click';
import { recordClicks } from '../../lambdas/clickstream/recording';
import { ClickStream } from '../../lambdas/clickstream/click-stream';
import { consume, type Consuming } from '../../lambdas/personalize/consuming';
import { Items, Users } from '../../lambdas/personalize/datasets';
import { EventTrackers } from '../../lambdas/personalize/event-tracker';
import { follow } from '../../lambdas/personalize/following';
import { Learning } from '../../lambdas/personalize/learning';
import { ORDERS, PRODUCTS, type Indexed, type StreamRecord } from '../../lambdas/search/indexed';
import { indexRecords } from '../../lambdas/search/indexing';
import { toItem } from '../../lambdas/shared/dynamodb';
import { executionsFor } from '../../lambdas/workflow/executions';
import { StateMachines } from '../../lambdas/workflow/state-machines';
import { clickBatch, clickRecords, EVENTS, orderRecords, productRecords } from './given';

/** What a consumer is given, as text, and what it does with it. */
export interface Work {
  readonly given: string;
  /** @returns how many of the events it is done with */
  readonly done: (given: string) => Promise<number>;
  /** Whether it does little more than to validate clicks. */
  readonly validates?: boolean;
}

/** A client of the SDK that gives the same answer to every call, at once: nothing is serialized, signed or sent. */
function answering(answer: object): { readonly send: () => Promise<ReturnType<typeof JSON.parse>> } {
  const given = JSON.parse(JSON.stringify(answer));
  return { send: async () => given };
}

const now = (): Date => new Date();
const pause = (): Promise<void> => Promise.resolve();

/** The shop's consumers of clicks, of products and of orders. */
export const consumers = (): ReadonlyMap<string, Work> =>
  new Map([
    ['clicks: validated and put into the stream', { given: clickBatch(), done: recorded(), validates: true }],
    ['clicks: validated again as they come out of it', { given: clickRecords(), done: consumed({ ...consuming(), learning: knowing }), validates: true }],
    ['clicks: told to Personalize', { given: clickRecords(), done: consumed({ ...consuming(), learning: learningNothing }) }],
    ['clicks: told to Personalize, counted, paired', { given: clickRecords(), done: consumed(consuming()) }],
    ['products: indexed', indexed(PRODUCTS, productRecords())],
    ['products: told to Personalize', { given: productRecords(), done: followed() }],
    ['orders: indexed', indexed(ORDERS, orderRecords())],
    ['orders: their workflow started', { given: orderRecords(), done: started() }],
  ]);

function recorded(): Work['done'] {
  const stream = new ClickStream({ client: answering({ Records: Array.from({ length: EVENTS }, () => ({ SequenceNumber: '1' })) }), streamName: 'clicks', pause });
  return async (given) => (await recordClicks({ stream, now }, ClickBatch.parse(JSON.parse(given)))).accepted;
}

const knowing: Consuming['learning'] = { known: async (ids) => new Set(ids), isNew: async () => false, learn: async () => undefined };
const learningNothing: Consuming['learning'] = { ...knowing, known: async () => new Set() };

function consuming(): Consuming {
  const personalize = answering({ $metadata: { requestId: 'r' } });
  // Of a visitor who has looked at four products before.
  const recent = ['walnut-serving-board', 'linen-apron', 'oak-spoon', 'copper-kettle'].map((productId) => ({ productId, synthetic: true }));
  const table = answering({ Item: toItem({ key: 'visitor', recent, version: 4 }) });
  return {
    trackers: new EventTrackers({ client: personalize, trackingIds: { real: 'real', synthetic: 'synthetic' } }),
    users: new Users({ client: personalize, datasetArns: { real: 'real', synthetic: 'synthetic' } }),
    learning: new Learning({ client: table, receiptsTable: 'receipts', interestsTable: 'interests', now, pause }),
  };
}

const consumed = (by: Consuming): Work['done'] => async (given) => EVENTS - (await consume(by, JSON.parse(given).Records)).length;

function indexed(what: Indexed, given: string): Work {
  const answer = { items: recordsIn(given).map(({ dynamodb }) => ({ index: { _id: dynamodb?.NewImage?.[what.key]?.S, status: 200 } })) };
  const onFailure = (_: string, reason: string): never => {
    throw new Error(reason);
  };
  const props = { openSearch: { call: async () => answer }, indexed: what, onFailure, pauses: [], pause };
  return { given, done: async (text) => EVENTS - (await indexRecords(props, recordsIn(text))).length };
}

const recordsIn = (given: string): readonly StreamRecord[] => JSON.parse(given).Records;

function followed(): Work['done'] {
  const items = new Items({ client: answering({}), datasetArns: ['real', 'synthetic'] });
  return async (given) => EVENTS - (await follow(items, JSON.parse(given).Records)).length;
}

function started(): Work['done'] {
  const machines = new StateMachines(answering({}), { ProcessOrder: 'process', UndoOrder: 'undo', TellCustomer: 'tell' });
  return async (given) => {
    const executions = recordsIn(given).flatMap(executionsFor);
    for (const execution of executions) await machines.start(execution);
    return executions.length;
  };
}
