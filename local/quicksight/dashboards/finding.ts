import type { Definition, Sheet } from '../definition/definition';
import { filterOf, type KnownFilter } from '../queries/filters';

/** What was looked for is not there. */
export class NotThere extends Error {}

/** @throws NotThere */
export function visualIn({ Sheets }: Pick<Definition, 'Sheets'>, visualId: string): { readonly sheet: Sheet; readonly visual: Sheet['Visuals'][number] } {
  for (const sheet of Sheets) {
    const visual = sheet.Visuals.find((one) => Object.values(one)[0]?.VisualId === visualId);
    if (visual) return { sheet, visual };
  }
  throw new NotThere('There is no such visual.');
}

/** @throws NotThere; NotDrawn where its type is not applied here */
export function filterIn({ FilterGroups }: Pick<Definition, 'FilterGroups'>, filterId: string): KnownFilter {
  for (const filter of FilterGroups.flatMap(({ Filters }) => Filters)) {
    if (Object.values(filter).some((one) => isNamed(one, filterId))) return filterOf(filter);
  }
  throw new NotThere(`There is no filter ${filterId}.`);
}

const isNamed = (filter: unknown, id: string): boolean => typeof filter === 'object' && filter !== null && 'FilterId' in filter && filter.FilterId === id;
