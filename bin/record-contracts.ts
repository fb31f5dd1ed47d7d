import { existsSync, writeFileSync } from 'node:fs';
import { storedSchema } from '../contracts/derived/fields';
import { breaks } from '../contracts/released/compatibility';
import { lastReleased, releasedFile, storedEvents, STORED_EVENTS } from '../contracts/released/events';

/**
 * `npm run contracts:record`: writes the contracts of stored events down as released, for the next change to be compared
 * with. A change that breaks readers is refused; with `--anyway` somebody says that no event of the old kind is left.
 */
const anyway = process.argv.includes('--anyway');
for (const event of storedEvents) {
  const current = storedSchema(STORED_EVENTS[event]);
  const broken = existsSync(releasedFile(event)) ? breaks(lastReleased(event), current) : [];
  if (broken.length > 0 && !anyway) {
    console.error(`${event} breaks readers of stored events:\n${broken.map((what) => `  ${what}`).join('\n')}`);
    process.exitCode = 1;
  } else {
    writeFileSync(releasedFile(event), `${JSON.stringify(current, undefined, 2)}\n`);
    console.log(`${event} recorded.`);
  }
}
