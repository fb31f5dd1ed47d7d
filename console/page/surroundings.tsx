import { useRef } from 'preact/hooks';
import type { Part, Surroundings } from '../../contracts/surroundings';
import { api } from './api';
import { useLive } from './live';
import { Instant, Loaded } from './parts';
import { href } from './route';
import { useFollow } from './useFollow';
import './environments.css';

const EVERY_MS = 5_000;

/** Pages beside the console, and the parts of the machine it runs on; nothing where it was told of none. */
export function Around() {
  const live = useLive<Surroundings>(api`surroundings`, () => EVERY_MS);
  const { data, away } = live;
  // That the console itself is gone is said above.
  if (!data && (!away || away.status === 0)) return null;
  if (data && data.links.length === 0 && data.parts.length === 0) return null;
  return (
    <section class="card" aria-label="Around the pipelines">
      <h2>Around the pipelines</h2>
      <Loaded live={{ ...live, away: away?.status === 0 ? undefined : away }}>
        {({ links, parts }) => (
          <>
            <ul class="addresses">
              {links.map(({ name, url }) => (
                <li key={name}>
                  {name} <a href={url}>{url.replace(/^https?:\/\//, '')}</a>
                </li>
              ))}
            </ul>
            {parts.length > 0 && <Parts of={parts} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Parts({ of }: { of: Part[] }) {
  return (
    <div class="scroll">
      <table class="rows">
        <caption class="hidden">Parts of this machine</caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Health</th>
            <th scope="col">Memory</th>
            <th scope="col">Since</th>
            <th scope="col">Restarts</th>
            <th scope="col">Log</th>
          </tr>
        </thead>
        <tbody>
          {of.map(({ name, health, memoryBytes, startedAt, restarts }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <span class={`status ${health === 'answers' ? 'good' : 'bad'}`}>{health}</span>
              </td>
              <td class="number" data-label="Memory">{memoryBytes === undefined ? '–' : `${Math.round(memoryBytes / 2 ** 20)} MB`}</td>
              <td data-label="Since">
                <Instant at={startedAt} timeOnly />
              </td>
              <td class="number" data-label="Restarts">{restarts}</td>
              <td>
                <a href={href`parts/${name}`} aria-label={`Log of ${name}`}>
                  Log
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The end of a part's log, with the newest line in sight. */
export function PartLog({ part }: { part: string }) {
  const box = useRef<HTMLDivElement>(null);
  const live = useLive<{ text: string }>(api`surroundings/${part}/log`, () => EVERY_MS);
  const follow = useFollow(box, { shown: Boolean(live.data?.text), initially: true });
  return (
    <>
      <h1>{part}</h1>
      <Loaded live={live}>
        {({ text }) =>
          text ? (
            <div class="log" role="group" aria-label="Log" tabIndex={0} ref={box} {...follow.handlers}>
              <pre>{text}</pre>
            </div>
          ) : (
            <p class="empty">It has written nothing.</p>
          )
        }
      </Loaded>
    </>
  );
}
