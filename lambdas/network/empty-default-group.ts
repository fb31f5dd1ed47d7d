import { EC2Client, RevokeSecurityGroupEgressCommand, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { parse } from '../shared/parse';

const client = new EC2Client({ maxAttempts: 5 });
const Group = z.object({ groupId: z.string(), account: z.string() });

/**
 * The `onEvent` handler of a custom resource (CDK's Provider framework): takes away the two rules that AWS gives the default
 * security group of each VPC, all in from itself and all out to everywhere. CloudFormation has no hold of that group.
 * Needs: ec2:RevokeSecurityGroupIngress and RevokeSecurityGroupEgress on the default group.
 */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<{ PhysicalResourceId: string }> => {
  const PhysicalResourceId = 'default-group';
  // It goes with its VPC.
  if (event.RequestType === 'Delete') return { PhysicalResourceId };
  const group = parse(Group, event.ResourceProperties);
  if (!group.ok) throw new Error('groupId and account are required');
  const { groupId: GroupId, account: UserId } = group.value;
  await revoked(client.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId, UserId }] }] })));
  await revoked(client.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] })));
  return { PhysicalResourceId };
};

async function revoked(revoking: Promise<unknown>): Promise<void> {
  try {
    await revoking;
  } catch (error) {
    // It was taken away before.
    if (!(error instanceof Error) || error.name !== 'InvalidPermission.NotFound') throw error;
  }
}
