import { mkdirSync } from 'node:fs';
import { RunningWebsite } from '../test/journeys/website/runningWebsite';
mkdirSync('/tmp/bench-work/site', { recursive: true });
RunningWebsite.clone('/tmp/bench-work/site').then(async (running) => {
  running.start('--approve');
  await running.says('git push local', 900);
  console.log(running.said);
  await running.interrupt();
  process.exit(0);
});
