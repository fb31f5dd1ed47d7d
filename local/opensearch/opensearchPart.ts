import path from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import { javaCommand } from '../java/install';
import type { Part } from '../supervisor/part';
import { opensearchDir } from './install';
import { launcherDir } from './launcher';

export interface OpenSearchPartProps {
  readonly port: number;
  /** Where the node would speak to others; it has none. */
  readonly transportPort: number;
  readonly stateDir: string;
  readonly partsDir: string;
}

/** How the supervisor starts the OpenSearch node. It must have been installed (`installOpenSearch`). */
export async function opensearchPart({ port, transportPort, stateDir, partsDir }: OpenSearchPartProps): Promise<Part> {
  const jars = await opensearchDir(partsDir);
  return {
    name: 'opensearch',
    command: await javaCommand(partsDir),
    // Half a gigabyte serves 20,000 documents (measured: 620–660 MB in all).
    // This Java lacks the data of a few locales, without which no index can be made: ICU brings them.
    args: ['-Xms512m', '-Xmx512m', '-Djava.locale.providers=SPI,CLDR', '-cp', [await launcherDir(jars), path.join(jars, '*')].join(path.delimiter), 'LocalNode', stateDir, String(port), String(transportPort)],
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`,
  };
}
