import { PRINCIPAL, resources, resourcesOf, unsynthesized } from './synthesized';

type Json = Readonly<Record<string, unknown>>;
const idsOf = (type: string, property: string): string[] => resourcesOf(`QuickSight::${type}`).map(({ Properties }) => String(Properties[property]));
const rights = (type: string): string[][] => resourcesOf(`QuickSight::${type}`).flatMap(({ Properties }) => (Properties['Permissions'] as { Principal: string; Actions: string[] }[]).map(({ Principal, Actions }) => [Principal, ...Actions]));
const redshift = (): Json => resourcesOf('QuickSight::DataSource').find(({ Properties }) => Properties['Type'] === 'REDSHIFT')?.Properties ?? {};
const statementsOf = (id: RegExp): { Action: string | string[]; Resource: unknown; Condition?: Json }[] =>
  Object.entries(resources()).flatMap(([logicalId, { Type, Properties }]) => (Type === 'AWS::IAM::Policy' && id.test(logicalId) ? (Properties['PolicyDocument'] as { Statement: [] }).Statement : []));

test('three dashboards show the shop live, its orders and yesterday; each has an analysis of the same definition', () => {
  expect(idsOf('Dashboard', 'DashboardId')).toEqual(['website-dev-live-shop', 'website-dev-orders', 'website-dev-yesterday']);
  expect(idsOf('Analysis', 'AnalysisId')).toEqual(idsOf('Dashboard', 'DashboardId'));
  expect(resourcesOf('QuickSight::Analysis').map(({ Properties }) => Properties['Definition'])).toEqual(resourcesOf('QuickSight::Dashboard').map(({ Properties }) => Properties['Definition']));
});

test('they are for whom the environment names and for nobody else: to read, and an analysis to try something out in', () => {
  for (const type of ['DataSource', 'DataSet', 'Dashboard', 'Analysis']) for (const [principal] of rights(type)) expect(principal).toBe(PRINCIPAL);
  for (const type of ['DataSource', 'DataSet', 'Dashboard']) expect(rights(type).join()).not.toMatch(/Update|Delete|Create/);
  expect(rights('Dashboard')[0]).toEqual([PRINCIPAL, 'quicksight:DescribeDashboard', 'quicksight:ListDashboardVersions', 'quicksight:QueryDashboard']);
});

test('Redshift and OpenSearch are asked at each look; the results of the night are copied once a day, and no release waits for that', () => {
  const sets = resourcesOf('QuickSight::DataSet').map(({ Properties }) => Properties);
  const copied = sets.filter(({ ImportMode }) => ImportMode === 'SPICE');
  expect(copied.map(({ DataSetId }) => DataSetId)).toEqual(sets.map(({ DataSetId }) => String(DataSetId)).filter((id) => id.startsWith('website-dev-yesterday-')));
  for (const { IngestionWaitPolicy } of copied) expect(IngestionWaitPolicy).toEqual({ WaitForSpiceIngestion: false });
  expect(sets.filter(({ ImportMode }) => ImportMode === 'DIRECT_QUERY')).toHaveLength(sets.length - copied.length);
  const schedules = resourcesOf('QuickSight::RefreshSchedule').map(({ Properties }) => Properties);
  expect(schedules.map(({ DataSetId }) => DataSetId)).toEqual(copied.map(({ DataSetId }) => DataSetId));
  for (const { Schedule } of schedules) expect(Schedule).toMatchObject({ RefreshType: 'FULL_REFRESH', ScheduleFrequency: { Interval: 'DAILY', TimeOfTheDay: '05:00', TimeZone: 'UTC' } });
});

test('the password of the database user is in no template: CloudFormation reads it when it makes the source', () => {
  const { CredentialPair: pair } = redshift()['Credentials'] as { CredentialPair: Json };
  expect(JSON.stringify(pair['Username'])).toMatch(/\{\{resolve:secretsmanager:.*:SecretString:username::\}\}/);
  expect(JSON.stringify(pair['Password'])).toMatch(/\{\{resolve:secretsmanager:.*:SecretString:password::\}\}/);
});

test('QuickSight is inside the VPC by an interface that gets out to the port of Redshift and nowhere else, encrypted', () => {
  const [group] = resourcesOf('EC2::SecurityGroup');
  expect(group?.Properties['SecurityGroupIngress']).toBeUndefined();
  for (const type of ['SecurityGroupEgress', 'SecurityGroupIngress']) {
    const rules = resourcesOf(`EC2::${type}`).map(({ Properties }) => Properties);
    expect(rules).toEqual([expect.objectContaining({ IpProtocol: 'tcp', FromPort: 5_439, ToPort: 5_439 })]);
    expect(rules[0]).not.toHaveProperty('CidrIp');
  }
  expect(redshift()).toMatchObject({ SslProperties: { DisableSsl: false }, VpcConnectionProperties: { VpcConnectionArn: { 'Fn::GetAtt': [expect.stringContaining('Connection'), 'Arn'] } } });
});

test('its roles read the processed tables and make interfaces in the subnets, and do nothing else', () => {
  const actions = (id: RegExp): string[] => statementsOf(id).flatMap(({ Action }) => Action).toSorted();
  expect(actions(/^RedshiftRole/)).toEqual(['CreateNetworkInterface', 'DeleteNetworkInterface', 'DescribeSecurityGroups', 'DescribeSubnets', 'ModifyNetworkInterfaceAttribute'].map((action) => `ec2:${action}`));
  const [removing] = statementsOf(/^RedshiftRole/).filter(({ Action }) => [Action].flat().includes('ec2:DeleteNetworkInterface'));
  expect(removing?.Condition).toHaveProperty(['ArnEquals', 'ec2:Vpc']);
  const ofTheLake = statementsOf(/^AthenaRole/);
  expect(ofTheLake.filter(({ Resource }) => Resource === '*')).toEqual([]);
  expect(actions(/^AthenaRole/).filter((action) => /:(Put|Delete|Create|Update|Batch(?!Get))/.test(action))).toEqual(['s3:PutObject']);
  const [writing] = ofTheLake.filter(({ Action }) => [Action].flat().includes('s3:PutObject'));
  expect(JSON.stringify(writing?.Resource)).toContain('Results');
  expect(JSON.stringify(writing?.Resource)).not.toContain('Processed');
});

test('CloudFormation itself finds nothing wrong with it', () => {
  const before = process.env.CDK_VALIDATION;
  delete process.env.CDK_VALIDATION;
  try {
    expect(() => unsynthesized().synth()).not.toThrow();
  } finally {
    process.env.CDK_VALIDATION = before;
  }
  // The types of QuickSight are the largest that CloudFormation knows.
}, 600_000);
