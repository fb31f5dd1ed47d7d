import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { S3Client } from '@aws-sdk/client-s3';
import { assumeRole } from './aws';
import { Checks } from './checks';
import { checkClicks } from './clicks';
import { IntegrationConfiguration, readConfiguration } from './configuration';
import { clickStream, personalizeReceipts, rawClicks, recommendation } from './hops/click-sinks';
import { Hops } from './hops/hops';
import { confirmation, orderTable, ownOrderSearch } from './hops/order-sinks';
import { clicksInRedshift, ordersInRedshift, refresher } from './hops/redshift-sinks';
import { checkOrders, type OrderChecksProps } from './orders';
import { checkPagesAndCatalogue } from './pages';
import { Shop } from './shop';
import { Shoppers } from './shoppers';
import { checkWorkflow } from './workflow';

/** The step after dev and staging: synthetic orders and clicks through the public edge, what became of each, and how long each hop took. */
async function main(): Promise<void> {
  const configuration = readConfiguration(IntegrationConfiguration, process.env);
  const begun = new Date();
  const region = configuration.ENVIRONMENT_REGION;
  const checks = new Checks('integration');
  const shop = new Shop(configuration.SITE_URL);
  await checkPagesAndCatalogue(checks, shop);

  const credentials = await assumeRole(configuration.GATE_ROLE_ARN, region, 'gate');
  const cognito = new CognitoIdentityProviderClient({ region, credentials });
  const shoppers = new Shoppers(cognito, configuration.USER_POOL_ID, configuration.GATE_CLIENT_ID);
  try {
    const [shopper, stranger] = [await shoppers.signUp(), await shoppers.signUp()];
    const hops = new Hops(configuration.LONGEST_HOP_SECONDS);
    const redshift = {
      client: new RedshiftDataClient({ region, credentials }),
      workgroup: configuration.REDSHIFT_WORKGROUP,
      database: configuration.REDSHIFT_DATABASE,
      refresh: refresher(new LambdaClient({ region, credentials }), configuration.REDSHIFT_REFRESHER_ARN),
    };
    const clickSinks = [
      clickStream(new KinesisClient({ region, credentials }), configuration.CLICK_STREAM_ARN, begun),
      rawClicks(new S3Client({ region, credentials }), configuration.RAW_CLICKS_BUCKET, begun),
      clicksInRedshift(redshift),
    ];
    const orders: OrderChecksProps = {
      shop,
      apiPastTheEdge: new Shop(configuration.API_URL),
      tables: DynamoDBDocumentClient.from(new DynamoDBClient({ region, credentials })),
      ordersTable: configuration.ORDERS_TABLE,
      productsTable: configuration.PRODUCTS_TABLE,
      shopper,
      stranger,
      onAccepted: (order, plan) => {
        hops.follow([orderTable(orders), ownOrderSearch(orders), ordersInRedshift(redshift)], order);
        if (plan === 'is paid') hops.follow([confirmation(orders)], order);
      },
    };
    const order = await checkOrders(checks, orders);
    await checkClicks(checks, { shop, shopper, onTaken: (clicks) => {
      hops.follow(clickSinks, ...clicks);
      hops.follow([personalizeReceipts(orders.tables, configuration.RECEIPTS_TABLE)], ...clicks.filter(({ teaches }) => teaches));
      hops.follow([recommendation(shop, clicks)], ...clicks.filter(({ looks }) => looks));
    } }, order);
    await checkWorkflow(checks, orders, order);
    await hops.finish(checks);
  } finally {
    await checks.check('the synthetic shoppers are removed again', () => shoppers.removeAll());
    checks.finish();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
