import type { Row, Section } from '../report';
import { alternate } from '../rounds';
import { EVENTS } from './given';
import { perCore } from './perCore';
import { consumers, type Work } from './work';

const ROUNDS = 7;
/** Events a second and core. */
const AIM = 50_000;

/** How many events a second and core the logic of each consumer gets through, with clients that answer at once, against a bare JSON.parse of what it is given. */
export async function measureConsumers(): Promise<Section> {
  const rows: Row[] = [];
  for (const [what, work] of consumers()) {
    const figure = await alternate(ROUNDS, new Map([['logic', () => perCore(() => all(what, work))], ['parsed', () => perCore(() => parsed(work))]]));
    const [logic, bare] = [figure('logic'), figure('parsed')];
    const ratio = { value: logic / AIM, unit: '×' as const, ...(work.validates && { aim: { atLeast: 1 } }) };
    rows.push({ what, figures: { 'events/s': logic, 'JSON.parse/s': bare, 'times its time': bare / logic }, ratio });
  }
  return {
    title: "Consumers: events a second and core of each one's logic alone",
    rows,
    notes: [
      `Medians of ${ROUNDS} alternating rounds in one process, by the time of the processor, garbage collection and compilation included.`,
      `Each is given ${EVENTS} events as text, which it parses, and clients that answer at once: nothing is serialized, signed or sent.`,
      `The ratio is to ${AIM.toLocaleString('en')} events a second, which are aimed at for the validation of clicks. JSON.parse: of the same text, and no more.`,
      'Clicks are of 20 visitors who have looked at four other products before; orders have two lines.',
    ],
  };
}

async function all(what: string, { given, done }: Work): Promise<number> {
  const events = await done(given);
  if (events !== EVENTS) throw new Error(`${what}: ${events} of ${EVENTS} were done.`);
  return events;
}

async function parsed({ given }: Work): Promise<number> {
  JSON.parse(given);
  return EVENTS;
}
