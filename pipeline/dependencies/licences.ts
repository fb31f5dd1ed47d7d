import satisfies from 'spdx-satisfies';
import { licenceOf } from './locked';
import type { Component } from './locked';

/** Who uses a package under one of these owes its authors a notice and no more. https://spdx.org/licenses */
const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC', 'MIT', 'MIT-0', 'Python-2.0', 'Unlicense', 'Zlib'];

/** Further ones, for single packages that are in no bundle, each with its reason. */
const BUILD_ONLY: readonly { readonly name: RegExp; readonly licence: string; readonly reason: string }[] = [
  { name: /^lightningcss(-|$)/, licence: 'MPL-2.0', reason: 'Vite runs it to shrink the style sheets; nothing of it is in them.' },
  { name: /^spdx-(exceptions|ranges)$/, licence: 'CC-BY-3.0', reason: 'Lists of licences, which this very check reads.' },
  { name: /^caniuse-lite$/, licence: 'CC-BY-4.0', reason: 'A table of browsers that tools of the tests read.' },
  { name: /^axe-core$/, licence: 'MPL-2.0', reason: 'Tests run it in the pages that they look at; no bundle has it.' },
];

/** @returns each package whose licence is not accepted, as a sentence */
export const refusedLicences = (packages: readonly Component[]): string[] =>
  packages.flatMap((component) => {
    const { name, version } = component;
    const licence = licenceOf(component);
    if (licence === undefined) return [`${name} ${version} names no licence`];
    const accepted = [...PERMISSIVE, ...BUILD_ONLY.filter((further) => further.name.test(name)).map((further) => further.licence)];
    return isAmong(licence, accepted) ? [] : [`${name} ${version} is under ${licence}`];
  });

function isAmong(licence: string, accepted: readonly string[]): boolean {
  try {
    return satisfies(licence, [...accepted]);
  } catch {
    // No SPDX expression: `SEE LICENSE IN …`.
    return false;
  }
}
