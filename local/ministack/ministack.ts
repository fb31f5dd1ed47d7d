import { devNull } from 'node:os';
import path from 'node:path';
import type { Part } from '../supervisor/part';
import { ministackDir } from './install';

export interface MinistackOptions {
  /** Port MiniStack itself listens on, behind the gateway. */
  readonly port: number;
  /** Where every AWS call goes, also those of the functions, e.g. `http://127.0.0.1:4566`. */
  readonly gatewayUrl: string;
  /** What survives a restart: stacks, tables, objects, user pools. */
  readonly stateDir: string;
  readonly partsDir: string;
  /** Where functions are unpacked; cleaned at each start. */
  readonly tmpDir: string;
  /**
   * Further public origins, each with the one on this machine that stands for it, e.g. `{ 'https://api.stripe.com': 'http://127.0.0.1:4570' }`:
   * wherever templates name the first, the second is reached.
   * @default none
   */
  readonly publicNames?: Readonly<Record<string, string>>;
  /** @default 'us-east-1' */
  readonly region?: string;
  /** @default 'INFO' */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';
}

const inherited = ['HOME', 'LANG', 'LC_ALL', 'TZ'];

/**
 * How MiniStack is started on this machine; SIGTERM saves its state. It must have been installed (`installMinistack`).
 * Functions see the environment, so nothing of a developer's own is inherited.
 */
export async function ministackPart(options: MinistackOptions): Promise<Part> {
  const { port, gatewayUrl, stateDir, partsDir, tmpDir, publicNames = {}, region = 'us-east-1', logLevel = 'INFO' } = options;
  return {
    name: 'ministack',
    command: path.join(await ministackDir(partsDir), 'bin', 'python'),
    args: [path.join(__dirname, 'launch.py')],
    healthUrl: `http://127.0.0.1:${port}/_ministack/health`,
    env: {
      ...Object.fromEntries(inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
      // Functions run on the Node.js that runs this, whatever runtime their template names.
      PATH: [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
      PYTHONUNBUFFERED: '1',
      PYTHONDONTWRITEBYTECODE: '1',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: 'localhost',
      MINISTACK_REGION: region,
      LOG_LEVEL: logLevel,
      PERSIST_STATE: '1',
      STATE_DIR: path.join(stateDir, 'services'),
      S3_PERSIST: '1',
      S3_DATA_DIR: path.join(stateDir, 'objects'),
      SFTP_ENABLED: '0',
      IOT_MTLS_ENABLED: '0',
      TMPDIR: tmpDir,
      AWS_ENDPOINT_URL: gatewayUrl,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: 'true',
      LOCAL_GATEWAY_URL: gatewayUrl,
      LOCAL_PUBLIC_NAMES: JSON.stringify(publicNames),
      LOCAL_NODE_MODULES: path.join(__dirname, '..', '..', 'node_modules'),
    },
  };
}
