import { installAwsCli } from '../../local/awscli/install';
import { PARTS } from '../../local/host/folders';
import { installLighthouse } from '../../local/lighthouse/install';
import { installMinistack } from '../../local/ministack/install';
import { installOpenSearch } from '../../local/opensearch/install';
import { installSchemathesis } from '../../local/schemathesis/install';

// Before any test: side by side, the test files would each download the same.
async function main(): Promise<void> {
  await installMinistack({ partsDir: PARTS, onProgress: console.log });
  await installOpenSearch({ partsDir: PARTS, onProgress: console.log });
  await installAwsCli(PARTS, console.log);
  await installSchemathesis(PARTS, console.log);
  await installLighthouse(PARTS, console.log);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
