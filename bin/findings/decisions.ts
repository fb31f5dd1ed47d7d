/** What was decided on a rule of the further packs: `accepted` as it is, or `open` until it is done. */
export interface Decision {
  readonly decided: 'accepted' | 'open';
  readonly why: string;
}

const KEYS_OF_AWS = "Encrypted with AWS's own keys. A customer's key adds a second permission to take away, at $1 a month each and $0.03 for 10,000 uses; whoever must prove it changes the table, bucket or secret here.";

/** By the rule's name without its pack. A rule without findings has no decision, and a finding needs one. */
export const DECISIONS: Readonly<Record<string, Decision>> = {
  CloudWatchLogGroupEncrypted: { decided: 'accepted', why: `${KEYS_OF_AWS} Logs hold ids, no mail addresses and no secrets.` },
  CodeBuildProjectSourceRepoUrl: { decided: 'accepted', why: 'Every project takes its source from the pipeline, which reads the repository by CodeConnections: no project knows a repository or a password.' },
  DynamoDBInBackupPlan: { decided: 'accepted', why: 'Every table has point-in-time recovery, to the second for 35 days. AWS Backup adds copies in another account or region: a choice of the company, not of one application.' },
  EventBusDLQ: { decided: 'accepted', why: 'Events whose loss nobody else would notice have one (app/workflow/unheard-events.ts). These are schedules: the next round, a quarter of an hour or a day later, does what one missed, and an alarm rings when the comparison does not come.' },
  IAMNoInlinePolicy: { decided: 'accepted', why: 'The CDK writes a policy into the role that it is for, so that it goes with the role; a managed policy is for sharing, which no two functions here do.' },
  LambdaAsyncFailureDestination: { decided: 'accepted', why: 'A run of the comparison that fails is made up for by the next, a quarter of an hour later; when none comes to its end for an hour, an alarm rings.' },
  LambdaConcurrency: { decided: 'accepted', why: "A reserved concurrency takes from the account's 1,000 for good. What may run away is limited where it comes in: API throttling, the firewall, batch sizes of streams." },
  LambdaDefaultMemorySize: { decided: 'accepted', why: "The CDK's own custom resource framework, which only hands calls on." },
  LambdaDLQ: { decided: 'accepted', why: 'Functions behind the API and in state machines are called synchronously; the stream has a failure destination of its own. Of the asynchronous ones see EventBusDLQ.' },
  LambdaInsideVPC: { decided: 'accepted', why: 'Nothing here is in a VPC to be reached: each call goes to an AWS API or to a provider over TLS, by its own permission. A VPC would add endpoints or NAT ($33 a month each) and nothing that IAM does not refuse already.' },
  LambdaLatestVersion: { decided: 'accepted', why: "The CDK's own function, whose runtime changes with the CDK." },
  LambdaTracing: { decided: 'accepted', why: 'Every log line carries the request or order id; traces would cost $5 for a million requests and tell the same.' },
  OpenSearchErrorLogsToCloudWatch: { decided: 'accepted', why: 'What the domain refuses is in the log of the function that asked.' },
  OpenSearchInVPCOnly: { decided: 'accepted', why: 'Each request is signed, and the policy of the domain names each role; what is in it is what the shop shows everybody.' },
  S3BucketLoggingEnabled: { decided: 'accepted', why: 'Read by roles alone; who reads is in CloudTrail.' },
  S3BucketReplicationEnabled: { decided: 'accepted', why: 'Pages and artefacts are made anew from the repository; logs and failed records are evidence of one region. The lake is versioned.' },
  S3BucketVersioningEnabled: { decided: 'accepted', why: 'Artefacts are written once, under a new key each time.' },
  S3DefaultEncryptionKMS: { decided: 'accepted', why: `${KEYS_OF_AWS} CloudFront logs and pages need no key to be shared with CloudFront.` },
  SecretsManagerRotationEnabled: { decided: 'accepted', why: 'Each has its reason beside it in the ledger above (AwsSolutions-SMG4).' },
  SecretsManagerUsingKMSKey: { decided: 'accepted', why: KEYS_OF_AWS },
  SNSEncryptedKMS: { decided: 'accepted', why: 'Alarms carry a name, a number and a link. CloudWatch can publish to an encrypted topic with a key of its own only, at $1 a month for each environment.' },
  SQSRedrivePolicy: { decided: 'accepted', why: 'It is where failures end.' },
  StepFunctionStateMachineXray: { decided: 'accepted', why: 'X-Ray shows nothing that the history does not.' },
  VPCDefaultSecurityGroupClosed: { decided: 'accepted', why: 'A function empties it while the stack is deployed (app/network/network-stack.ts), which no template shows.' },
};
