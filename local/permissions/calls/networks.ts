import { on, type Readers } from './readers';

/** Rules of a security group; which rules is nothing that IAM asks. */
export const ec2: Readers = on('AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress', (input, at) => at.arn('ec2', `security-group/${input.needed('GroupId')}`));
