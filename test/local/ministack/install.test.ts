import path from 'node:path';
import { installMinistack, ministackDir } from '../../../local/ministack/install';
import { findPython } from '../../../local/parts/python';

const partsDir = path.join(__dirname, '..', '..', '..', '.local', 'parts');

describe('installing MiniStack', () => {
  it('is done once: the second time nothing is said and nothing happens', async () => {
    await installMinistack({ partsDir, onProgress: () => undefined });
    const said: string[] = [];

    expect(await installMinistack({ partsDir, onProgress: (line) => said.push(line) })).toBe(await ministackDir(partsDir));
    expect(said).toEqual([]);
  });

  it('says which Python to install when there is none', async () => {
    await expect(findPython(['no-such-python'])).rejects.toThrow(/Python 3\.11 or newer is needed \(none found\).*apt-get install python3/);
  });
});
