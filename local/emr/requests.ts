import * as z from 'zod';

const Capacity = z.strictObject({ cpu: z.string().regex(/^[1-9]\d* ?(vCPU|vcpu)$/), memory: z.string().regex(/^[1-9]\d* ?(GB|gb)$/), disk: z.string().optional() });
const Tags = z.record(z.string(), z.string()).default({});

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_CreateApplication.html */
export const ApplicationSettings = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9._/#-]{1,64}$/).optional(),
  releaseLabel: z.string().regex(/^emr-7\.\d+\.\d+$/, 'Spark 3.5, which this machine runs, is in releases emr-7.*'),
  type: z.string().regex(/^spark$/i, 'this machine runs Spark'),
  architecture: z.enum(['ARM64', 'X86_64']).default('X86_64'),
  initialCapacity: z.record(z.string(), z.strictObject({ workerCount: z.int().min(1), workerConfiguration: Capacity.optional() })).optional(),
  maximumCapacity: Capacity.optional(),
  autoStartConfiguration: z.strictObject({ enabled: z.boolean().default(true) }).default({ enabled: true }),
  autoStopConfiguration: z.strictObject({ enabled: z.boolean().default(true), idleTimeoutMinutes: z.int().min(1).max(10_080).default(15) }).default({ enabled: true, idleTimeoutMinutes: 15 }),
  tags: Tags,
});
export type ApplicationSettings = z.infer<typeof ApplicationSettings>;

export const ApplicationChange = ApplicationSettings.omit({ name: true, type: true, tags: true }).partial();

/** https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_StartJobRun.html */
export const JobSettings = z.strictObject({
  name: z.string().regex(/^[\w .:/#-]{1,256}$/).optional(),
  clientToken: z.string().min(1).max(64),
  executionRoleArn: z.string().regex(/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/),
  jobDriver: z.strictObject({
    sparkSubmit: z.strictObject({
      entryPoint: z.string().min(1).max(256),
      entryPointArguments: z.array(z.string().min(1).max(10_280)).default([]),
      sparkSubmitParameters: z.string().max(102_400).optional(),
    }),
  }),
  configurationOverrides: z
    .strictObject({
      applicationConfiguration: z.array(z.strictObject({ classification: z.literal('spark-defaults'), properties: z.record(z.string(), z.string()) })).default([]),
      monitoringConfiguration: z
        .strictObject({
          s3MonitoringConfiguration: z.strictObject({ logUri: z.string().regex(/^s3:\/\/.+/), encryptionKeyArn: z.string().optional() }).optional(),
          managedPersistenceMonitoringConfiguration: z.strictObject({ enabled: z.boolean(), encryptionKeyArn: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
  executionTimeoutMinutes: z.int().min(0).max(1_000_000).default(720),
  tags: Tags,
});
export type JobSettings = z.infer<typeof JobSettings>;
