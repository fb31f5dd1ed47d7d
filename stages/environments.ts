import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ClickstreamSize } from '../app/clickstream/clickstream-stack';
import type { LakeSize } from '../app/lake/lake-stack';
import type { PersonalizeTraining } from '../app/personalize/training';
import type { DashboardReaders } from '../app/quicksight/quicksight-stack';
import type { WarehouseSize } from '../app/redshift/redshift-stack';
import type { SearchSize } from '../app/search/search-domain';
import type { PersonalWrite, Traffic } from '../contracts/http';

export interface CustomDomain {
  /** `shop.example.com` */
  readonly name: string;
  /** An ACM certificate of us-east-1, whatever the environment's region: CloudFront reads no other. */
  readonly certificateArn: string;
  /** With it the stack makes the DNS records. @default the records are made by hand */
  readonly hostedZone?: { readonly id: string; readonly name: string };
}

/** One place the shop runs in. All that differs between dev, staging and prod stands here and nowhere else. */
export interface WebsiteEnvironment {
  /** Begins the name of every stack: `Dev` makes `Dev-Orders`. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  /** @default the distribution's own name */
  readonly domain?: CustomDomain;
  /** Synthetic orders are sent through it after each deployment; without it the pipeline only reads a few pages. */
  readonly gate: boolean;
  /** A person has to say yes before anything is deployed here. */
  readonly approval: boolean;
  readonly logRetention: RetentionDays;
  /** Tables and the user pool refuse to be deleted, by whomever. */
  readonly deletionProtection: boolean;
  /** Stripe. The publishable key is the browsers'; the secret one is in Secrets Manager, see stages/provider-keys.ts. */
  readonly payment: { readonly apiUrl: string; readonly scriptUrl: string; readonly publishableKey: string };
  readonly carrier: { readonly apiUrl: string };
  /** Who mails to customers come from; SES asks the address to confirm it. */
  readonly mailSender: string;
  /** Who is told by mail when an alarm rings; SNS asks them to confirm. @default nobody */
  readonly alarmEmail?: string;
  /** Requests that one address has within a minute, and how many of them may ask for a quote; more get a 429. */
  readonly perAddress: { readonly requestsPerAddress: number; readonly quotesPerAddress: number };
  /** Requests a second that each route takes from everybody, steadily and for a moment; more get a 429. */
  readonly throttling: Readonly<Record<Traffic, { readonly rateLimit: number; readonly burstLimit: number }>>;
  /**
   * How many shards the stream of clicks has (1,000 clicks and 1 MiB a second each), or on demand; how many hours it keeps
   * clicks for consumers that are behind; and after how much of what, whichever comes first, raw clicks are put into S3.
   */
  readonly clickstream: ClickstreamSize;
  /** Whether Personalize trains a solution on real clicks, and, once that has been trained, whether a campaign recommends by it. */
  readonly personalize: PersonalizeTraining;
  /** Two zones of the region, for what needs a network. */
  readonly zones: readonly [string, string];
  /** Of the stream of changes to orders: shards (1,000 changes a second each), and for how many hours readers may be behind. */
  readonly orderChanges: { readonly shards: number; readonly keepHours: number };
  /** How many RPUs Redshift begins with, how many RPU-hours a day it may use, and when it reads what has come in. */
  readonly redshift: WarehouseSize;
  /** How much Spark may have at once, when orders are put into S3, what a query may read, and for how long tables and answers are kept. */
  readonly lake: LakeSize;
  /**
   * Dashboards in QuickSight, and for whom. The account has to be subscribed to it (docs/dashboards.md), which the pipeline looks at
   * before it deploys anything here. @default none: everything else is deployed without them
   */
  readonly quicksight?: DashboardReaders;
  /** Nodes of the OpenSearch domain, and how much disk each has. */
  readonly search: SearchSize;
  /** Calls a minute that each person has of each route that writes for them; more get a 429. */
  readonly callsPerPerson: Readonly<Record<PersonalWrite, number>>;
}

export type PipelineSource =
  | { readonly provider: 'CodeConnections'; readonly repository: `${string}/${string}`; readonly branch: string; readonly connectionArn: string }
  | { readonly provider: 'CodeCommit'; readonly repository: string; readonly branch: string };

export interface Website {
  readonly pipeline: { readonly account: string; readonly region: string; readonly source: PipelineSource };
  /** In the order in which a release passes through them. */
  readonly environments: readonly WebsiteEnvironment[];
}

const region = 'us-east-1';

const stripe = (publishableKey: string): WebsiteEnvironment['payment'] => ({ apiUrl: 'https://api.stripe.com', scriptUrl: 'https://js.stripe.com', publishableKey });
/** What people do, with room: an order every three seconds, an operator who works through a list. */
const ofPeople: Pick<WebsiteEnvironment, 'perAddress' | 'throttling' | 'callsPerPerson'> = {
  // A page with its pictures is some sixty requests, and an office or a mobile network is one address.
  perAddress: { requestsPerAddress: 1_000, quotesPerAddress: 100 },
  throttling: { reads: { rateLimit: 1_000, burstLimit: 2_000 }, writes: { rateLimit: 200, burstLimit: 400 }, webhooks: { rateLimit: 100, burstLimit: 200 }, clicks: { rateLimit: 500, burstLimit: 1_000 } },
  callsPerPerson: { submitOrder: 20, cancelOrder: 20, signOutEverywhere: 10, refundOrder: 60, retryOrder: 60, resendMail: 60, attendOrder: 120 },
};

/** What load tests and the bench do: few shoppers, one address, as fast as the machine goes. */
const ofMachines: typeof ofPeople = {
  perAddress: { requestsPerAddress: 100_000, quotesPerAddress: 50_000 },
  throttling: { reads: { rateLimit: 500, burstLimit: 1_000 }, writes: { rateLimit: 500, burstLimit: 1_000 }, webhooks: { rateLimit: 500, burstLimit: 1_000 }, clicks: { rateLimit: 500, burstLimit: 1_000 } },
  callsPerPerson: { submitOrder: 10_000, cancelOrder: 10_000, signOutEverywhere: 10_000, refundOrder: 10_000, retryOrder: 10_000, resendMail: 10_000, attendOrder: 10_000 },
};

const carrier = { apiUrl: 'https://api.carrier.example' };

export const website: Website = {
  pipeline: {
    account: '111111111111',
    region,
    source: {
      provider: 'CodeConnections',
      repository: 'example-org/website-pipeline',
      branch: 'main',
      connectionArn: 'arn:aws:codeconnections:us-east-1:111111111111:connection/00000000-0000-4000-8000-000000000000',
    },
  },
  environments: [
    {
      name: 'Dev',
      payment: stripe('pk_test_websitedev'),
      carrier,
      mailSender: 'shop@dev.example.com',
      account: '222222222222',
      region,
      gate: true,
      approval: false,
      clickstream: { shards: 1, keepHours: 24, deliverAfter: { seconds: 10, mebibytes: 1 } },
      search: { instanceType: 't3.small.search', nodes: 1, gibibytes: 10 },
      personalize: { solution: true },
      zones: [`${region}a`, `${region}b`],
      orderChanges: { shards: 1, keepHours: 24 },
      redshift: { baseCapacity: 4, rpuHoursADay: 24, refresh: { everyMinutes: 30 } },
      lake: { spark: { vCpus: 4 }, deliverAfter: { seconds: 10, mebibytes: 1 }, gibibytesAQuery: 1, keepDays: { tables: 30, results: 30 } },
      quicksight: { principalArn: 'arn:aws:quicksight:us-east-1:222222222222:group/default/shop', importedAt: '05:00' },
      logRetention: RetentionDays.TWO_WEEKS,
      deletionProtection: false,
      ...ofMachines,
    },
    {
      name: 'Staging',
      payment: stripe('pk_test_websitestaging'),
      carrier,
      mailSender: 'shop@staging.example.com',
      account: '333333333333',
      region,
      gate: true,
      approval: false,
      clickstream: { shards: 1, keepHours: 24, deliverAfter: { seconds: 20, mebibytes: 5 } },
      search: { instanceType: 't3.small.search', nodes: 1, gibibytes: 10 },
      personalize: { solution: true },
      zones: [`${region}a`, `${region}b`],
      orderChanges: { shards: 1, keepHours: 24 },
      redshift: { baseCapacity: 4, rpuHoursADay: 24, refresh: { everyMinutes: 30 } },
      lake: { spark: { vCpus: 4 }, deliverAfter: { seconds: 20, mebibytes: 5 }, gibibytesAQuery: 1, keepDays: { tables: 30, results: 30 } },
      quicksight: { principalArn: 'arn:aws:quicksight:us-east-1:333333333333:group/default/shop', importedAt: '05:00' },
      logRetention: RetentionDays.ONE_MONTH,
      deletionProtection: false,
      ...ofPeople,
    },
    {
      name: 'Prod',
      payment: stripe('pk_test_websiteprod'),
      carrier,
      mailSender: 'shop@example.com',
      account: '444444444444',
      region,
      gate: false,
      approval: true,
      clickstream: { shards: 'on demand', keepHours: 168, deliverAfter: { seconds: 300, mebibytes: 128 } },
      search: { instanceType: 'm7g.medium.search', nodes: 2, gibibytes: 20 },
      personalize: { solution: true },
      zones: [`${region}a`, `${region}b`],
      orderChanges: { shards: 1, keepHours: 168 },
      redshift: { baseCapacity: 8, rpuHoursADay: 200, refresh: 'by itself' },
      lake: { spark: { vCpus: 16 }, deliverAfter: { seconds: 300, mebibytes: 128 }, gibibytesAQuery: 100, keepDays: { tables: 1_095, results: 90 } },
      quicksight: { principalArn: 'arn:aws:quicksight:us-east-1:444444444444:group/default/shop', importedAt: '05:00' },
      logRetention: RetentionDays.ONE_YEAR,
      deletionProtection: true,
      ...ofPeople,
    },
  ],
};
