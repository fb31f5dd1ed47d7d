import { domainRequest } from '../../opensearch/domains';
import { UnreadableCall, type Call, type Place } from './call';
import { Input } from './input';
import { sendEmail } from './messages';
import { quicksight } from './quicksight';
import type { Wanted } from './readers';

/** A call of a REST service: by its method and path, of which the expression takes what is named. */
export interface Route {
  readonly path: RegExp;
  readonly operation: string;
  readonly wanted: (at: Place, named: readonly string[], call: Call) => readonly Wanted[] | Promise<readonly Wanted[]>;
}

/** A function is named by name, by `<account>:function:<name>` or by ARN, each with a version or alias or without. */
function functionArn(named: string, at: Place, query: URLSearchParams): string {
  const [, account, name = '', inName] = /^(?:arn:[^:]*:lambda:[^:]*:)?(?:(\d{12}):)?(?:function:)?([\w-]+)(?::([\w$-]+))?$/.exec(decodeURIComponent(named)) ?? [];
  if (name === '') throw new UnreadableCall(`Lambda is asked for the function ${named}, whose name cannot be read`);
  const qualifier = inName ?? query.get('Qualifier');
  return at.arn('lambda', `function:${name}${qualifier === null ? '' : `:${qualifier}`}`, account);
}

const onFunction = (operation: string, path: RegExp, action = operation): Route => ({
  path,
  operation,
  wanted: (at, [name = ''], { url }) => [{ action, resource: functionArn(name, at, new URL(url, 'http://lambda').searchParams) }],
});

const onDistribution = (operation: string, path: RegExp): Route => ({
  path,
  operation,
  // CloudFront's resources are in no region.
  wanted: (at, [id = '']) => [{ resource: at.arn('cloudfront', `distribution/${id}`, at.account, '') }],
});

/**
 * CloudFront asks whoever changes a distribution for its log's bucket and its web ACL as well:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html.
 */
const changedDistribution: Route = {
  path: /^PUT \/2020-05-31\/distribution\/([A-Z0-9]+)\/config$/,
  operation: 'UpdateDistribution',
  wanted: (at, [id = ''], { body }) => {
    const [, bucket] = /<Logging>.*?<Bucket>([^<]+?)\.s3[.-][^<]*<\/Bucket>/s.exec(body) ?? [];
    const [, webAcl] = /<WebACLId>(arn:[^<]+)<\/WebACLId>/.exec(body) ?? [];
    return [
      { resource: at.arn('cloudfront', `distribution/${id}`, at.account, '') },
      ...(bucket === undefined ? [] : ['s3:GetBucketAcl', 's3:PutBucketAcl'].map((action) => ({ action, resource: at.arn('s3', bucket, '', ''), resourceAccount: at.account }))),
      ...(webAcl === undefined ? [] : [{ action: 'wafv2:GetWebACL', resource: webAcl }]),
    ];
  },
};

/** On the resource whose ARN stands in the body. */
const onNamed = (operation: string, path: RegExp, member: string): Route => ({
  path,
  operation,
  wanted: (_at, _named, { body }) => [{ resource: new Input(operation, JSON.parse(body)).needed(member) }],
});

/** The action is the method, the resource the path: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html. */
const searchRequest: Route = {
  path: /^(GET|HEAD|POST|PUT|PATCH|DELETE) \/_local\/domains\/.+$/,
  operation: 'ESHttp',
  wanted: (at, [method = ''], { url }) => {
    const request = domainRequest(new URL(url, 'http://es').pathname);
    if (request === undefined) throw new UnreadableCall(`the domain in ${url} cannot be read`);
    return [{ action: `ESHttp${method.charAt(0)}${method.slice(1).toLowerCase()}`, resource: at.arn('es', `domain/${request.domain}${request.path}`, request.account, request.region) }];
  },
};

const onApplication = (operation: string, path: RegExp): Route => ({ path, operation, wanted: (at, [id = '', run]) => [{ resource: at.arn('emr-serverless', `/applications/${id}${run === undefined ? '' : `/jobruns/${run}`}`) }] });

/** Who starts a job passes it the role that it acts by: https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/security-iam-id-based-policy-examples.html. */
const startedJob: Route = {
  path: /^POST \/applications\/([^/]+)\/jobruns$/,
  operation: 'StartJobRun',
  wanted: (at, [id = ''], { body }) => [
    { resource: at.arn('emr-serverless', `/applications/${id}`) },
    { action: 'iam:PassRole', resource: new Input('StartJobRun', JSON.parse(body)).needed('executionRoleArn'), keys: { 'iam:PassedToService': ['emr-serverless.amazonaws.com'] } },
  ],
};

const ROUTES: Readonly<Record<string, readonly Route[]>> = {
  lambda: [
    onFunction('Invoke', /^POST \/2015-03-31\/functions\/([^/]+)\/invocations$/, 'InvokeFunction'),
    onFunction('GetFunction', /^GET \/2015-03-31\/functions\/([^/]+)$/),
    onFunction('GetFunctionConfiguration', /^GET \/2015-03-31\/functions\/([^/]+)\/configuration$/),
    onFunction('UpdateFunctionCode', /^PUT \/2015-03-31\/functions\/([^/]+)\/code$/),
    onFunction('GetPolicy', /^GET \/2015-03-31\/functions\/([^/]+)\/policy$/),
    { path: /^GET \/2015-03-31\/functions\/?$/, operation: 'ListFunctions', wanted: () => [{ resource: '*' }] },
  ],
  cloudfront: [
    onDistribution('CreateInvalidation', /^POST \/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation$/),
    onDistribution('GetInvalidation', /^GET \/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation\/[^/]+$/),
    onDistribution('ListInvalidations', /^GET \/2020-05-31\/distribution\/([A-Z0-9]+)\/invalidation$/),
    onDistribution('GetDistribution', /^GET \/2020-05-31\/distribution\/([A-Z0-9]+)$/),
    changedDistribution,
    onDistribution('GetDistributionConfig', /^GET \/2020-05-31\/distribution\/([A-Z0-9]+)\/config$/),
    { path: /^GET \/2020-05-31\/distribution$/, operation: 'ListDistributions', wanted: () => [{ resource: '*' }] },
  ],
  // The action is the method, the resource the path: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-manage-apis.html.
  apigateway: [{ path: /^(GET|POST|PUT|PATCH|DELETE) (\/.*)$/, operation: 'manage', wanted: (at, [method = '', path = '']) => [{ action: method, resource: at.arn('apigateway', path, '') }] }],
  // Events are on no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonpersonalize.html.
  personalize: [
    { path: /^POST \/events$/, operation: 'PutEvents', wanted: () => [{ resource: '*' }] },
    onNamed('PutItems', /^POST \/items$/, 'datasetArn'),
    onNamed('PutUsers', /^POST \/users$/, 'datasetArn'),
    onNamed('GetRecommendations', /^POST \/recommendations$/, 'campaignArn'),
  ],
  'emr-serverless': [
    startedJob,
    onApplication('GetJobRun', /^GET \/applications\/([^/]+)\/jobruns\/([^/]+)$/),
    onApplication('CancelJobRun', /^DELETE \/applications\/([^/]+)\/jobruns\/([^/]+)$/),
    onApplication('ListJobRuns', /^GET \/applications\/([^/]+)\/jobruns$/),
    onApplication('StartApplication', /^POST \/applications\/([^/]+)\/start$/),
    onApplication('StopApplication', /^POST \/applications\/([^/]+)\/stop$/),
    onApplication('GetApplication', /^GET \/applications\/([^/]+)$/),
    onApplication('UpdateApplication', /^PATCH \/applications\/([^/]+)$/),
    onApplication('DeleteApplication', /^DELETE \/applications\/([^/]+)$/),
    { path: /^POST \/applications$/, operation: 'CreateApplication', wanted: () => [{ resource: '*' }] },
    { path: /^GET \/applications$/, operation: 'ListApplications', wanted: () => [{ resource: '*' }] },
  ],
  quicksight,
  es: [searchRequest],
  ses: [{ path: /^POST \/v2\/email\/outbound-emails$/, operation: 'SendEmail', wanted: (at, _named, { body }) => sendEmail(new Input('SendEmail', JSON.parse(body)), at) }],
};

/** @throws UnreadableCall for a path that is not known */
export async function readRoute(call: Call, at: Place): Promise<{ operation: string; wanted: readonly Wanted[] }> {
  const asked = `${call.method} ${new URL(call.url, 'http://aws').pathname}`;
  for (const { path, operation, wanted } of ROUTES[call.service] ?? []) {
    const named = path.exec(asked)?.slice(1);
    if (named) return { operation, wanted: await wanted(at, named, call) };
  }
  throw new UnreadableCall(`${call.service} is asked ${asked}, which is not known here`);
}
