import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { homeOf, ROOT } from '../host/folders';
import { portOption } from '../host/portOption';
import { website } from '../../stages/environments';
import { DEFAULT_SHOPPERS, MOST_SHOPPERS } from '../traffic/traffic';

export interface PipelineOptions {
  /** Folder with the application's cdk.json. */
  readonly app: string;
  /** Where everything of this application is kept between starts. */
  readonly home: string;
  readonly port: number;
  readonly consolePort: number;
  readonly dashboardsPort: number;
  readonly sitePort: number;
  /** Whether the shop's payment provider, carrier and inbox are started as well. */
  readonly sandboxes: boolean;
  readonly sandboxPort: number;
  readonly approve: boolean;
  readonly exit: boolean;
  /** How many made-up shoppers walk through the shop. @default none */
  readonly traffic?: number;
  /** The environment that they visit. */
  readonly trafficSite: string;
}

// npm changes into the package's folder first; INIT_CWD is where the command was typed.
const folder = (value: string): string => resolve(process.env.INIT_CWD ?? process.cwd(), value);

const application = (value: string): string => {
  if (!existsSync(join(folder(value), 'cdk.json'))) throw new InvalidArgumentError(`There is no cdk.json in ${folder(value)}.`);
  return folder(value);
};

const shoppers = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > MOST_SHOPPERS) throw new InvalidArgumentError(`Shoppers are a number from 1 to ${MOST_SHOPPERS}.`);
  return number;
};

/** Parses `npm start` and `npm run pipeline`; prints help or what is wrong and ends the process where that is asked for. */
export function parseOptions(argv: readonly string[]): PipelineOptions {
  const names = website.environments.map(({ name }) => name);
  const command = new Command('npm start --')
    .description("Runs a CDK Pipelines application's pipeline on this machine: source, build, self-mutation, assets, every stage.")
    .option('--app <folder>', "folder with the application's cdk.json", application, ROOT)
    .option('--home <folder>', 'where everything is kept between starts (default: a folder per application in .local/)', folder)
    .option('--approve', 'approve every manual approval', false)
    .option('--exit', 'stop everything after one whole run and exit with its result', false)
    .option('--port <number>', 'port of the AWS endpoint', portOption, 4566)
    .option('--console-port <number>', 'port of the console', portOption, 4560)
    .option('--dashboards-port <number>', "port of QuickSight's dashboards", portOption, 4574)
    .option('--site-port <number>', 'first port tried for the sites of CloudFront distributions', portOption, 4801)
    .option('--sandboxes', "start the shop's payment provider, carrier and inbox as well (default for this project's own application)")
    .option('--sandbox-port <number>', 'first of three ports: payment provider, carrier and inbox of the shop', portOption, 4571)
    .addOption(new Option('--traffic [shoppers]', 'keep so many made-up shoppers walking through a site, so that there is something to see').preset(String(DEFAULT_SHOPPERS)).argParser(shoppers))
    .addOption(new Option('--traffic-site <environment>', 'the site that they visit').choices(names).default(names[0]).implies({ traffic: DEFAULT_SHOPPERS }))
    .addHelpText('after', '\nExamples:\n  npm start\n  npm start -- --traffic\n  npm start -- --approve --exit\n  npm run pipeline -- --app ../another-cdk-pipelines-app')
    .parse(argv, { from: 'user' });
  const options = command.opts<Omit<PipelineOptions, 'home' | 'sandboxes'> & { home?: string; sandboxes?: boolean }>();
  if (options.traffic !== undefined && options.app !== ROOT) command.error("error: option '--traffic' is for this project's own shop, not for another application.");
  return { ...options, home: options.home ?? homeOf(options.app), sandboxes: options.sandboxes ?? options.app === ROOT };
}
