import { Aws, Duration, Validations } from 'aws-cdk-lib';
import type { IHttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { ORIGIN_SECRET_HEADER } from '../../contracts/headers';
import { acknowledge } from '../shared/acknowledge';
import { RetainedBucket } from '../shared/retained-bucket';
import { SecurityHeaders } from './security-headers';
import type { SecurityHeadersProps } from './security-headers';

/** A name of one's own for the shop: see stages/environments.ts. */
export interface SiteDomain {
  readonly name: string;
  readonly certificateArn: string;
  readonly hostedZone?: { readonly id: string; readonly name: string };
}

export interface SiteProps {
  readonly httpApi: IHttpApi;
  readonly originSecret: ISecret;
  readonly webAclArn: string;
  readonly connectTo: SecurityHeadersProps['connectTo'];
  readonly payment: SecurityHeadersProps['payment'];
  readonly domain?: SiteDomain;
}

/** One address for everything: the pages from a private bucket, `/api/*` from the HTTP API. */
export class Site extends Construct {
  readonly pages: s3.Bucket;
  readonly accessLogs: s3.Bucket;
  readonly distribution: cloudfront.Distribution;
  /** `https://shop.example.com`, without a slash at its end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SiteProps) {
    super(scope, id);
    this.accessLogs = new RetainedBucket(this, 'AccessLogs', {
      // CloudFront's standard logs are written with an ACL:
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(1) }],
    });
    this.pages = new RetainedBucket(this, 'Pages', {
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: 'pages/',
      lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(30) }],
    });

    const headers = new SecurityHeaders(this, 'Headers', { connectTo: props.connectTo, payment: props.payment }).policy;
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'The shop: pages and API',
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      webAclId: props.webAclArn,
      enableLogging: true,
      logBucket: this.accessLogs,
      logFilePrefix: 'cloudfront/',
      ...(props.domain && {
        domainNames: [props.domain.name],
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
        certificate: acm.Certificate.fromCertificateArn(this, 'Certificate', props.domain.certificateArn),
      }),
      defaultBehavior: {
        // LIST makes a missing file a 404; without it S3 answers 403.
        origin: origins.S3BucketOrigin.withOriginAccessControl(this.pages, { originAccessLevels: [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST] }),
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: new cloudfront.CachePolicy(this, 'AsFilesSay', {
          comment: 'As long as the Cache-Control of the file says, and not at all where it says nothing',
          minTtl: Duration.seconds(0),
          defaultTtl: Duration.seconds(0),
          maxTtl: Duration.days(365),
          enableAcceptEncodingGzip: true,
          enableAcceptEncodingBrotli: true,
        }),
        responseHeadersPolicy: headers,
        functionAssociations: [{ eventType: cloudfront.FunctionEventType.VIEWER_REQUEST, function: singlePageFallback(this) }],
      },
      additionalBehaviors: {
        '/api/*': {
          origin: apiOrigin(props.httpApi, props.originSecret),
          viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          // API Gateway finds its API by the Host header, which therefore must not be the viewer's.
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: headers,
        },
      },
    });
    Validations.of(this.distribution).acknowledge({
      id: 'Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk',
      reason: 'The root has an object, other paths without an extension become it, and no query string reaches S3.',
    });
    acknowledge(this.distribution, 'AwsSolutions-CFR1', 'The shop sells to whoever the tax table covers; an order from elsewhere is refused by name.');
    if (!props.domain) {
      acknowledge(this.distribution, 'AwsSolutions-CFR4', "CloudFront's own certificate brings its own TLS policy; with a domain of one's own TLS 1.2 is the least.");
    }
    this.url = `https://${props.domain?.name ?? this.distribution.distributionDomainName}`;
    if (props.domain?.hostedZone) addressRecords(this, props.domain.name, props.domain.hostedZone, this.distribution);
  }
}

const singlePageFallback = (scope: Construct): cloudfront.Function =>
  new cloudfront.Function(scope, 'SinglePage', {
    comment: 'Paths without a file name extension get index.html',
    code: cloudfront.FunctionCode.fromFile({ filePath: join(__dirname, 'single-page.js') }),
    runtime: cloudfront.FunctionRuntime.JS_2_0,
  });

const apiOrigin = (api: IHttpApi, secret: ISecret): origins.HttpOrigin =>
  new origins.HttpOrigin(`${api.apiId}.execute-api.${api.env.region}.${Aws.URL_SUFFIX}`, {
    protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
    originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
    customHeaders: { [ORIGIN_SECRET_HEADER]: secret.secretValue.unsafeUnwrap() },
  });

function addressRecords(scope: Construct, recordName: string, zone: { id: string; name: string }, distribution: cloudfront.IDistribution): void {
  const hostedZone = route53.HostedZone.fromHostedZoneAttributes(scope, 'Zone', { hostedZoneId: zone.id, zoneName: zone.name });
  const target = route53.RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  new route53.ARecord(scope, 'Ipv4', { zone: hostedZone, recordName, target });
  new route53.AaaaRecord(scope, 'Ipv6', { zone: hostedZone, recordName, target });
}
