import path from 'node:path';
import { environmentWithoutAws } from '../host/environment';
import type { Part } from '../supervisor/part';
import { opensearchDir } from './install';

export interface OpenSearchPartProps {
  readonly port: number;
  /** Where the node would speak to others; it has none. */
  readonly transportPort: number;
  readonly stateDir: string;
  readonly partsDir: string;
}

/** How the supervisor starts the OpenSearch node: Java 17 or newer, which also compiles the launcher. It must have been installed. */
export async function opensearchPart({ port, transportPort, stateDir, partsDir }: OpenSearchPartProps): Promise<Part> {
  const jars = await opensearchDir(partsDir);
  return {
    name: 'opensearch',
    command: 'java',
    // Half a gigabyte serves 20,000 documents (measured: 620–660 MB in all).
    args: ['-Xms512m', '-Xmx512m', '-cp', path.join(jars, '*'), path.join(__dirname, 'LocalNode.java'), stateDir, String(port), String(transportPort)],
    env: environmentWithoutAws(),
    healthUrl: `http://127.0.0.1:${port}/_cluster/health?wait_for_status=yellow&timeout=1s`,
  };
}
