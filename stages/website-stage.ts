import { Stack, Stage } from 'aws-cdk-lib';
import type { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AuthStack } from '../app/auth/auth-stack';
import { CatalogStack } from '../app/catalog/catalog-stack';
import { ClickstreamStack } from '../app/clickstream/clickstream-stack';
import { ApiStageStack } from '../app/edge/api-stage-stack';
import { EdgeStack } from '../app/edge/edge-stack';
import { FirewallStack } from '../app/edge/firewall-stack';
import { PagesStack } from '../app/edge/pages-stack';
import { GateStack } from '../app/operations/gate-stack';
import { LakeStack } from '../app/lake/lake-stack';
import { NetworkStack } from '../app/network/network-stack';
import { OrdersStack } from '../app/orders/orders-stack';
import { PersonalizeStack } from '../app/personalize/personalize-stack';
import { QuickSightStack } from '../app/quicksight/quicksight-stack';
import { SubscriptionStack } from '../app/quicksight/subscription-stack';
import { RedshiftStack } from '../app/redshift/redshift-stack';
import { SearchStack } from '../app/search/search-stack';
import { WorkflowStack } from '../app/workflow/workflow-stack';
import type { WebsiteEnvironment } from './environments';
import { gateRoles } from './gate-identity';
import { providerKeySecrets } from './provider-keys';
import { subscriptionRoles } from './subscription-identity';

export interface WebsiteStageProps {
  readonly environment: WebsiteEnvironment;
  readonly pipelineAccount: string;
}

/** The shop in one environment. The only place where its stacks meet. */
export class WebsiteStage extends Stage {
  /** What the smoke step reads: the site's address. */
  readonly siteUrl: CfnOutput;
  /** What the integration step is told, by the name of its variable; absent where there is no gate. */
  readonly gateInputs?: Readonly<Record<string, CfnOutput>>;
  /** Deployed before all others, where the account has to be subscribed to QuickSight: whether it is, is looked at as its role. */
  readonly subscription?: Stack;

  constructor(scope: Construct, { environment, pipelineAccount }: WebsiteStageProps) {
    const { name, account, region, logRetention, deletionProtection } = environment;
    super(scope, name, { env: { account, region } });
    const description = (what: string): string => `Website ${name}: ${what}`;

    const auth = new AuthStack(this, 'Auth', {
      description: description('customers and their sign-in'),
      signInPrefix: `website-${name.toLowerCase()}-${account}`,
      deletionProtection,
    });
    const firewall = new FirewallStack(this, 'Firewall', {
      description: description('the web ACL of its CloudFront'),
      env: { account, region: 'us-east-1' },
      environmentName: name,
      logRetention,
      ...environment.perAddress,
    });
    const edge = new EdgeStack(this, 'Edge', {
      description: description('CloudFront, HTTP API, clients'),
      userPool: auth.userPool,
      signInUrl: auth.signInUrl,
      webAclArn: firewall.webAclArn,
      gate: environment.gate,
      logRetention,
      callsPerPerson: environment.callsPerPerson,
      deletionProtection,
      domain: environment.domain,
      payment: environment.payment,
    });
    const catalog = new CatalogStack(this, 'Catalog', {
      description: description('products'),
      api: edge.api,
      functions: { logRetention },
      deletionProtection,
    });
    const orders = new OrdersStack(this, 'Orders', {
      description: description('quotes and orders'),
      api: edge.api,
      functions: { logRetention },
      products: catalog.products,
      gateClientId: edge.signIn.gateClient?.userPoolClientId,
      deletionProtection,
      changes: environment.orderChanges,
    });
    const keys = providerKeySecrets(environment);
    const workflow = new WorkflowStack(this, 'Workflow', {
      description: description('what becomes of an accepted order'),
      api: edge.api,
      functions: { logRetention },
      userPool: auth.userPool,
      siteUrl: edge.site.url,
      orders: orders.orders,
      products: catalog.products,
      deletionProtection,
      providers: {
        payment: { apiUrl: environment.payment.apiUrl, apiKeySecret: keys.payment },
        carrier: { apiUrl: environment.carrier.apiUrl, apiKeySecret: keys.carrier },
      },
      mailSender: environment.mailSender,
      environmentName: name,
      alarmEmail: environment.alarmEmail,
      originRotator: edge.originRotation.rotator,
    });
    const clickstream = new ClickstreamStack(this, 'Clickstream', {
      description: description('what visitors do, from the browser to S3'),
      api: edge.api,
      functions: { logRetention },
      size: environment.clickstream,
      alarmEmail: environment.alarmEmail,
    });
    const personalize = new PersonalizeStack(this, 'Personalize', {
      description: description('what clicks teach, and recommendations'),
      api: edge.api,
      functions: { logRetention },
      environmentName: name,
      clicks: clickstream.clicks,
      failedRecords: clickstream.failedRecords,
      products: catalog.products,
      training: environment.personalize,
      deletionProtection,
      alarmEmail: environment.alarmEmail,
    });
    const network = new NetworkStack(this, 'Network', { description: description('subnets for what needs a VPC'), zones: environment.zones, logRetention });
    const redshift = new RedshiftStack(this, 'Redshift', {
      description: description('clicks and orders in SQL, and reports'),
      api: edge.api,
      functions: { logRetention },
      environmentName: name,
      vpc: network.vpc,
      securityGroup: network.closed,
      size: environment.redshift,
      clicks: clickstream.clicks,
      orderChanges: orders.orderChanges,
      readers: environment.gate ? [{ roleName: gateRoles(environment, pipelineAccount).environment.name, views: ['shop.clicks', 'shop.orders'] }] : [],
      dashboards: environment.quicksight !== undefined,
      deletionProtection,
      alarmEmail: environment.alarmEmail,
    });
    const lake = new LakeStack(this, 'Lake', {
      description: description('months of clicks and orders as tables'),
      functions: { logRetention },
      environmentName: name,
      size: environment.lake,
      rawClicks: clickstream.rawClicks,
      orderChanges: orders.orderChanges,
      orders: orders.orders,
      interests: personalize.interests,
      deletionProtection,
      alarmEmail: environment.alarmEmail,
    });
    const search = new SearchStack(this, 'Search', {
      description: description('finding products and orders'),
      api: edge.api,
      functions: { logRetention },
      environmentName: name,
      size: environment.search,
      products: catalog.products,
      orders: orders.orders,
      alarmEmail: environment.alarmEmail,
    });
    if (environment.quicksight && redshift.dashboardReader) {
      search.domain.allowQuickSight();
      const { host, port, databaseName } = redshift.warehouse;
      const dashboards = new QuickSightStack(this, 'QuickSight', {
        description: description('dashboards'),
        environmentName: name,
        readers: environment.quicksight,
        warehouse: { vpc: network.vpc, securityGroup: network.closed, host, port, databaseName, reader: redshift.dashboardReader },
        lake: { workgroupName: lake.queries.workGroupName, databaseName: lake.catalogue.databaseName, processed: lake.processed, results: lake.results },
        search: { domainName: search.domain.domainName, indexPrefix: search.indexPrefix },
      });
      for (const stack of [redshift, search, lake]) dashboards.addStackDependency(stack, 'a data source is tried when it is made');
    }
    const apiStage = new ApiStageStack(this, 'ApiStage', {
      description: description('the API open to requests, and how many'),
      httpApi: edge.api.httpApi,
      originRotation: edge.originRotation,
      logRetention,
      throttling: environment.throttling,
    });
    for (const stack of [catalog, orders, workflow, clickstream, personalize, redshift, search]) apiStage.addStackDependency(stack, 'its settings name the routes of the others');
    const pages = new PagesStack(this, 'Pages', {
      description: description('what the browser loads'),
      bucket: edge.site.pages,
      distribution: edge.site.distribution,
      logRetention,
      config: {
        authority: edge.signIn.issuer,
        clientId: edge.signIn.webClient.userPoolClientId,
        scope: edge.signIn.scopes.join(' '),
        signInUrl: auth.signInUrl,
        region,
        search: true,
        payment: { scriptUrl: environment.payment.scriptUrl, publishableKey: environment.payment.publishableKey },
      },
    });

    pages.addStackDependency(apiStage, 'a page must not be there before the API it calls');

    this.siteUrl = edge.siteUrl;
    if (environment.gate && edge.gateClientId) {
      const roles = gateRoles(environment, pipelineAccount);
      const gate = new GateStack(this, 'Gate', {
        description: description("the pipeline's integration step"),
        roleName: roles.environment.name,
        assumedBy: { account: pipelineAccount, roleArn: roles.project.arn },
        userPool: auth.userPool,
        tables: [catalog.products, orders.orders, personalize.receipts],
        clicks: clickstream.clicks,
        rawClicks: clickstream.rawClicks,
        workgroupArn: redshift.warehouse.workgroupArn,
        refresherArn: redshift.refresher.functionArn,
      });
      this.gateInputs = {
        SITE_URL: edge.siteUrl,
        API_URL: edge.apiUrl,
        USER_POOL_ID: auth.userPoolId,
        GATE_CLIENT_ID: edge.gateClientId,
        GATE_ROLE_ARN: gate.roleArn,
        PRODUCTS_TABLE: catalog.productsTableName,
        ORDERS_TABLE: orders.ordersTableName,
        CLICK_STREAM_ARN: clickstream.clickStreamArn,
        RECEIPTS_TABLE: personalize.receiptsTableName,
        RAW_CLICKS_BUCKET: clickstream.rawClicksBucketName,
        REDSHIFT_WORKGROUP: redshift.workgroupName,
        REDSHIFT_DATABASE: redshift.databaseName,
        REDSHIFT_REFRESHER_ARN: redshift.refresherArn,
      };
    }
    if (environment.quicksight) {
      const roles = subscriptionRoles(environment, pipelineAccount);
      const others = this.node.findAll().filter((construct) => Stack.isStack(construct));
      const subscription = new SubscriptionStack(this, 'Subscription', {
        description: description('as whom the pipeline looks at its subscription to QuickSight'),
        roleName: roles.environment.name,
        assumedBy: { account: pipelineAccount, roleArn: roles.project.arn },
      });
      for (const stack of others) stack.addStackDependency(subscription, 'nothing is deployed to an account that cannot have all of it');
      this.subscription = subscription;
    }
  }
}
