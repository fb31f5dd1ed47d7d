import type { Hop } from '../../contracts/evidence';
import type { Release, Stage } from '../model';
import { Scrollable } from './parts';

const lag = (milliseconds: number | undefined): string => (milliseconds === undefined ? '–' : `${(milliseconds / 1_000).toFixed(2)} s`);
export const isLost = ({ arrived, sent }: Hop): boolean => arrived < sent;

/** How long synthetic clicks and orders took to each place in this very deployment, and in the one before it where that is known. */
export function Hops({ of, before, caption }: { of: readonly Hop[]; before?: readonly Hop[]; caption: string }) {
  const medianBefore = ({ from, to }: Hop) => before?.find((hop) => hop.from === from && hop.to === to)?.p50;
  return (
    <Scrollable label={caption}>
      <table class="hops rows">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Hop</th>
            <th scope="col">Arrived</th>
            <th scope="col">Median</th>
            <th scope="col">Longest</th>
            <th scope="col">Allowed</th>
            {before && <th scope="col">Last release</th>}
          </tr>
        </thead>
        <tbody>
          {of.map((hop) => (
            <tr key={`${hop.from} ${hop.to}`} class={isLost(hop) ? 'lost' : undefined}>
              <th scope="row" class="wide">
                {hop.from} → {hop.to}
              </th>
              <td>
                {hop.arrived} of {hop.sent}
              </td>
              <td data-label="Median">{lag(hop.p50)}</td>
              <td data-label="Longest">{lag(hop.max)}</td>
              <td data-label="Allowed">{hop.deadline} s</td>
              {before && <td data-label="Last release">{lag(medianBefore(hop))}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

/** What was measured in the stages before the one that waits: what a person decides by. */
export function EvidenceBefore({ stages, stage, last = [] }: { stages: readonly Stage[]; stage: string; last?: Release['before'] }) {
  const before = stages.slice(0, stages.findIndex(({ name }) => name === stage));
  const measured = before.flatMap(({ name, actions }) => actions.flatMap(({ hops }) => (hops ? [{ name, hops }] : [])));
  return (
    <>
      {measured.map(({ name, hops }) => (
        <Hops key={name} of={hops} before={last.find((one) => one.stage === name)?.hops} caption={`Measured in ${name}`} />
      ))}
    </>
  );
}
