import type { Row } from '../report';

/** In dollars, us-east-1, ARM64: https://aws.amazon.com/emr/pricing/, /glue/pricing/, /athena/pricing/, /lambda/pricing/, /dynamodb/pricing/ (November 2026). */
const PRICE = { vCpuHour: 0.042094, gigabyteHour: 0.004628, crawlerHour: 0.44, terabyteRead: 5, lambdaGigabyteSecond: 0.0000133334 };
/** EMR Serverless is paid from a worker's start to its end, a minute at least; here what Java, Spark and the workers take to be there. */
const START_SECONDS = 90;
const GIGABYTES_A_VCPU = 4;
/** A crawler has two DPUs, and is paid for ten minutes at least. */
const CRAWLER_HOURS = (2 * 10) / 60;

export interface Measured {
  /** Clicks that one core makes into a day in a second, once Spark is there. */
  readonly clicksASecondACore: number;
  /** Of a click in the raw zone, compressed. */
  readonly bytesAClick: number;
  /** Of all workers of prod. */
  readonly vCpus: number;
}

/** What one run of a day costs by the price list, in US cents, by its clicks. The numbers of orders and products are small beside them. */
export function prices({ clicksASecondACore, bytesAClick, vCpus }: Measured): Row[] {
  return [1, 10, 100].map((millions) => {
    const clicks = millions * 1_000_000;
    const workSeconds = clicks / clicksASecondACore;
    // Small days do not get all workers: a driver and an executor of two vCPUs each at least, one more for each four minutes of work.
    const used = Math.min(vCpus, Math.max(4, 2 * Math.ceil(workSeconds / 240 / 2) + 2));
    const vCpuHours = (workSeconds + used * START_SECONDS) / 3_600;
    const spark = vCpuHours * (PRICE.vCpuHour + GIGABYTES_A_VCPU * PRICE.gigabyteHour);
    const crawler = CRAWLER_HOURS * PRICE.crawlerHour;
    // The check reads the raw day once, and at least ten megabytes are paid for; similar items and the daily query read little.
    const athena = (Math.max(clicks * bytesAClick, 10_000_000) / 1e12 + 2 * (10_000_000 / 1e12)) * PRICE.terabyteRead;
    const functions = 120 * PRICE.lambdaGigabyteSecond;
    const figures = { 'Spark ct': spark * 100, 'crawler ct': crawler * 100, 'Athena ct': athena * 100, 'functions ct': functions * 100, 'all ct': (spark + crawler + athena + functions) * 100 };
    return { what: `price of a run, ${millions} million clicks`, figures };
  });
}
