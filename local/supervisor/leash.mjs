// Preloaded into a part: ends it when the supervisor that started it is gone, however it went. The supervisor holds the
// other end of the part's standard input; the system closes it even where nobody could clean up.
import { fstatSync } from 'node:fs';

const input = fstatSync(0);
if (input.isFIFO() || input.isSocket()) {
  process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM')).on('error', () => process.kill(process.pid, 'SIGTERM'));
  process.stdin.resume();
  process.stdin.unref();
}
