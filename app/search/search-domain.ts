import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EbsDeviceVolumeType } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { acknowledge } from '../shared/acknowledge';

export interface SearchSize {
  /** Of a node: `t3.small.search`. */
  readonly instanceType: string;
  /** One, or an even number: they are spread over two zones. */
  readonly nodes: number;
  readonly gibibytes: number;
}

export interface SearchDomainProps {
  /** Of the account and region, 3 to 28 characters. It stands in policies that the domain itself is made with. */
  readonly name: string;
  readonly size: SearchSize;
}

type Method = 'Get' | 'Post' | 'Put' | 'Delete';

/**
 * The OpenSearch domain: a public endpoint that takes signed requests alone, of roles that its policy names. All that is in
 * it can be made again from the tables.
 */
export class SearchDomain extends Construct {
  readonly domain: opensearch.Domain;
  /** `https://…`, without a slash at its end. */
  readonly endpoint: string;
  /** As it is written down, and not drawn. */
  readonly domainName: string;
  readonly #policy = new iam.PolicyDocument();

  constructor(scope: Construct, id: string, { name, size: { instanceType, nodes, gibibytes } }: SearchDomainProps) {
    super(scope, id);
    this.domainName = name;
    this.domain = new opensearch.Domain(this, 'Domain', {
      domainName: name,
      version: opensearch.EngineVersion.openSearch('2.19'),
      capacity: { dataNodes: nodes, dataNodeInstanceType: instanceType, multiAzWithStandbyEnabled: false },
      ...(nodes > 1 && { zoneAwareness: { enabled: true, availabilityZoneCount: 2 } }),
      ebs: { volumeSize: gibibytes, volumeType: EbsDeviceVolumeType.GP3 },
      enforceHttps: true,
      tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2,
      nodeToNodeEncryption: true,
      encryptionAtRest: { enabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const resource = this.domain.node.defaultChild;
    // The construct's own way is a function that sets it after the deployment, because of a name that is known here.
    if (resource instanceof opensearch.CfnDomain) resource.accessPolicies = this.#policy;
    this.endpoint = `https://${this.domain.domainEndpoint}`;
    acknowledge(this.domain, 'AwsSolutions-OS1', 'Functions outside a network call it; every request is signed, and the policy of the domain names each role.');
    acknowledge(this.domain, 'AwsSolutions-OS3', 'Functions and the build have no addresses of their own that could be listed; the policy names roles.');
    acknowledge(this.domain, 'AwsSolutions-OS4', 'A few thousand small documents, all of which are in the tables as well: nodes of their own for the cluster would cost more than they save.');
    for (const log of ['SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS']) {
      acknowledge(this.domain, `AwsSolutions-OS9[LogExport::${log}]`, 'Every request is of a few bounded shapes, and how long one takes is the duration of its function.');
    }
    if (nodes === 1) acknowledge(this.domain, 'AwsSolutions-OS7', 'One node of the cheapest kind: nobody shops here, and the shop sells while search is away.');
  }

  /** Grants these methods on one path of the domain, `/dev-products/_search`, in the role's policy and in the domain's. */
  allow(grantee: Construct & iam.IGrantable, methods: readonly Method[], path: string): void {
    const actions = methods.map((method) => `es:ESHttp${method}`);
    const resource = this.#arnOf(path);
    iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [resource] });
    this.#policy.addStatements(new iam.PolicyStatement({ principals: [grantee.grantPrincipal], actions, resources: [resource] }));
    if (path.includes('*')) acknowledge(grantee, `AwsSolutions-IAM5[Resource::${resource}]`, 'Each mapping has an index of its own name, and the one before is removed.');
  }
  /**
   * Lets QuickSight ask in SQL, as the account's own role for it. What that role may ask for by itself is AWS's policy for it, which an
   * administrator attaches (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSQuicksightOpenSearchPolicy.html): the
   * same is allowed here. In SQL any index can be named, so that this is for an account whose authors in QuickSight may see orders.
   */
  allowQuickSight(): void {
    const role = Stack.of(this).formatArn({ service: 'iam', region: '', resource: 'role/service-role', resourceName: 'aws-quicksight-service-role-v0' });
    const allow = (actions: readonly string[], ...paths: readonly string[]): void =>
      this.#policy.addStatements(
        // The account with a condition: a domain refuses a principal that does not exist yet.
        new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], conditions: { ArnEquals: { 'aws:PrincipalArn': role } }, actions: [...actions], resources: paths.map((path) => this.#arnOf(path)) }),
      );
    allow(['es:ESHttpGet'], '/', '/_cluster/settings', '/_cat/indices');
    allow(['es:ESHttpGet', 'es:ESHttpPost'], '/_opendistro/_sql', '/_plugin/_sql');
  }

  #arnOf(path: string): string {
    return `${Stack.of(this).formatArn({ service: 'es', resource: 'domain', resourceName: this.domainName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME })}${path}`;
  }
}
