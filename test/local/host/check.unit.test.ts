import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { serve } from '../../support/http';

const check = pathToFileURL(path.join(__dirname, '../../../local/host/check.mjs')).href;

/** What the check says of a machine with this PATH and these ports in mind. */
function whatIsMissing(searchPath: string | undefined, ports: readonly { port: number; option: string }[]): string[] {
  const program = `import(${JSON.stringify(check)}).then(async ({ whatIsMissing }) => console.log(JSON.stringify(await whatIsMissing({ folder: '.', ports: ${JSON.stringify(ports)} }))))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8', env: { PATH: searchPath } })) as string[];
}

test('a machine that has everything is told nothing', () => {
  expect(whatIsMissing(process.env.PATH, [])).toEqual([]);
});

test('everything that is missing is named at once, with what to do', async () => {
  const busy = await serve(() => undefined);
  const missing = whatIsMissing('/nowhere', [{ port: busy.port, option: '--port' }]);
  await busy.close();
  expect(missing).toHaveLength(3);
  expect(missing).toEqual([expect.stringContaining('python3-venv'), expect.stringContaining('apt-get install git'), expect.stringMatching(new RegExp(`Port ${busy.port} .*--port`))]);
});
