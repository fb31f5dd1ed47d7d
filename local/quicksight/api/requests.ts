import * as z from 'zod';

const Id = z.string().regex(/^[\w-]{1,512}$/);
const Name = z.string().min(1).max(128);
const Arn = z.string().regex(/^arn:aws[\w-]*:/);

export const Permission = z.strictObject({ Principal: z.string().min(1).max(256), Actions: z.array(z.string().min(1)).min(1).max(20) });
export type Permission = z.infer<typeof Permission>;
export const Tag = z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) });
export type Tag = z.infer<typeof Tag>;
/** What Create takes beside the settings themselves. */
const created = { Permissions: z.array(Permission).max(64).default([]), Tags: z.array(Tag).max(200).default([]), FolderArns: z.array(Arn).optional() };

const Workgroup = z.strictObject({ WorkGroup: z.string().min(1).max(128).default('primary'), RoleArn: Arn.optional() });
const Cluster = z.strictObject({
  Host: z.string().max(256).optional(),
  Port: z.int().min(0).max(65_535).optional(),
  Database: z.string().min(1).max(128),
  ClusterId: z.string().max(64).optional(),
  IAMParameters: z.strictObject({ RoleArn: Arn, DatabaseUser: z.string().optional(), DatabaseGroups: z.array(z.string()).optional(), AutoCreateDatabaseUser: z.boolean().optional() }).optional(),
});
const Domain = z.strictObject({ Domain: z.string().regex(/^[a-z][a-z0-9-]{2,27}$/) });

/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateDataSource.html */
export const DataSourceSettings = z.strictObject({
  Name,
  Type: z.enum(['ATHENA', 'REDSHIFT', 'AMAZON_OPENSEARCH', 'AMAZON_ELASTICSEARCH']),
  DataSourceParameters: z.strictObject({
    AthenaParameters: Workgroup.optional(),
    RedshiftParameters: Cluster.optional(),
    AmazonOpenSearchParameters: Domain.optional(),
    AmazonElasticsearchParameters: Domain.optional(),
  }),
  Credentials: z.strictObject({ CredentialPair: z.strictObject({ Username: z.string().min(1).max(64), Password: z.string().min(1).max(1024) }).optional(), SecretArn: Arn.optional() }).optional(),
  VpcConnectionProperties: z.strictObject({ VpcConnectionArn: Arn }).optional(),
  SslProperties: z.strictObject({ DisableSsl: z.boolean() }).optional(),
});
export type DataSourceSettings = z.infer<typeof DataSourceSettings>;
export const NewDataSource = z.strictObject({ ...DataSourceSettings.shape, ...created, DataSourceId: Id });
export const DataSourceChange = DataSourceSettings.omit({ Type: true });

const Column = z.strictObject({ Name: z.string().min(1).max(127), Id: z.string().optional(), Type: z.enum(['STRING', 'INTEGER', 'DECIMAL', 'DATETIME', 'BIT', 'BOOLEAN', 'JSON']), SubType: z.enum(['FLOAT', 'FIXED']).optional() });
export type InputColumn = z.infer<typeof Column>;
const PhysicalTable = z.union([
  z.strictObject({ CustomSql: z.strictObject({ DataSourceArn: Arn, Name: z.string().min(1).max(128), SqlQuery: z.string().min(1).max(168_000), Columns: z.array(Column).min(1).max(2048) }) }),
  z.strictObject({ RelationalTable: z.strictObject({ DataSourceArn: Arn, Catalog: z.string().optional(), Schema: z.string().max(64).optional(), Name: z.string().min(1).max(256), InputColumns: z.array(Column).min(1).max(2048) }) }),
]);
export type PhysicalTable = z.infer<typeof PhysicalTable>;

const Transform = z.union([
  z.strictObject({ ProjectOperation: z.strictObject({ Alias: z.string().optional(), ProjectedColumns: z.array(z.string()).min(1).max(2000) }) }),
  z.strictObject({ RenameColumnOperation: z.strictObject({ ColumnName: z.string(), NewColumnName: z.string() }) }),
  z.strictObject({ CastColumnTypeOperation: z.strictObject({ ColumnName: z.string(), NewColumnType: z.enum(['STRING', 'INTEGER', 'DECIMAL', 'DATETIME']), SubType: z.enum(['FLOAT', 'FIXED']).optional(), Format: z.string().max(32).optional() }) }),
  z.strictObject({ TagColumnOperation: z.strictObject({ ColumnName: z.string(), Tags: z.array(z.unknown()).min(1).max(16) }) }),
]);
export type Transform = z.infer<typeof Transform>;
const LogicalTable = z.strictObject({ Alias: z.string().min(1).max(64), DataTransforms: z.array(Transform).max(2048).default([]), Source: z.strictObject({ PhysicalTableId: z.string() }) });

/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateDataSet.html: here of one table, without joins. */
export const DataSetSettings = z.strictObject({
  Name,
  PhysicalTableMap: z.record(z.string().regex(/^[0-9a-zA-Z-]{1,64}$/), PhysicalTable),
  LogicalTableMap: z.record(z.string().regex(/^[0-9a-zA-Z-]{1,64}$/), LogicalTable).optional(),
  ImportMode: z.enum(['SPICE', 'DIRECT_QUERY']),
  FieldFolders: z.record(z.string(), z.unknown()).optional(),
  DataSetUsageConfiguration: z.strictObject({ DisableUseAsDirectQuerySource: z.boolean().optional(), DisableUseAsImportedSource: z.boolean().optional() }).optional(),
});
export type DataSetSettings = z.infer<typeof DataSetSettings>;
export const NewDataSet = z.strictObject({ ...DataSetSettings.shape, ...created, DataSetId: Id });

/** The definition is read where it is checked. */
const defined = { Name: z.string().min(1).max(2048), Definition: z.unknown(), ThemeArn: Arn.optional(), ValidationStrategy: z.strictObject({ Mode: z.enum(['STRICT', 'LENIENT']) }).optional() };
export const AnalysisChange = z.strictObject(defined);
export const NewAnalysis = z.strictObject({ ...defined, ...created });
export const DashboardChange = z.strictObject({ ...defined, VersionDescription: z.string().min(1).max(512).optional(), DashboardPublishOptions: z.unknown().optional() });
export const NewDashboard = z.strictObject({ ...DashboardChange.shape, ...created });

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_RefreshSchedule.html */
export const Schedule = z.strictObject({
  ScheduleId: Id,
  ScheduleFrequency: z.strictObject({
    Interval: z.enum(['MINUTE15', 'MINUTE30', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY']),
    RefreshOnDay: z.strictObject({ DayOfWeek: z.enum(['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY']).optional(), DayOfMonth: z.string().regex(/^(LAST_DAY_OF_MONTH|[1-9]|1\d|2[0-8])$/).optional() }).optional(),
    Timezone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'it is no time zone').default('UTC'),
    TimeOfTheDay: TimeOfDay.optional(),
  }),
  StartAfterDateTime: z.number().optional(),
  RefreshType: z.literal('FULL_REFRESH', 'this machine reads a data set whole: FULL_REFRESH'),
});
export type Schedule = z.infer<typeof Schedule>;
export const ScheduleRequest = z.strictObject({ Schedule });

export const IngestionRequest = z.strictObject({ IngestionType: z.literal('FULL_REFRESH').default('FULL_REFRESH') });

/** https://docs.aws.amazon.com/quicksight/latest/APIReference/API_CreateVPCConnection.html */
export const VpcConnectionSettings = z.strictObject({
  Name,
  SubnetIds: z.array(z.string().regex(/^subnet-[0-9a-z]+$/)).min(2).max(15),
  SecurityGroupIds: z.array(z.string().regex(/^sg-[0-9a-z]+$/)).min(1).max(16),
  DnsResolvers: z.array(z.string()).max(15).optional(),
  RoleArn: Arn,
});
export type VpcConnectionSettings = z.infer<typeof VpcConnectionSettings>;
export const NewVpcConnection = z.strictObject({ ...VpcConnectionSettings.shape, Tags: created.Tags, VPCConnectionId: Id });

export const PermissionChange = z.strictObject({ GrantPermissions: z.array(Permission).default([]), RevokePermissions: z.array(Permission).default([]) });
export const TagRequest = z.strictObject({ Tags: z.array(Tag).min(1).max(200) });
