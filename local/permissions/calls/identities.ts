import { UnreadableCall } from './call';
import { free, on, onEverything, type Reader, type Readers, type Wanted } from './readers';

/** Tags and a source identity of the session are permissions of their own on the role. */
const assumeRole: Reader = (input) => {
  const resource = input.needed('RoleArn');
  const externalId = input.text('ExternalId');
  const tags = input.names.filter((name) => /^Tags\.member\.\d+\.Key$/.test(name));
  const keys = {
    'sts:RoleSessionName': [input.needed('RoleSessionName')],
    'sts:ExternalId': externalId === undefined ? null : [externalId],
    'aws:RequestTag/': null,
    ...Object.fromEntries(tags.map((name) => [`aws:RequestTag/${input.needed(name)}`, [input.text(name.replace(/Key$/, 'Value')) ?? '']])),
    'aws:TagKeys': tags.map((name) => input.needed(name)),
  };
  const wanted: Wanted[] = [{ resource, keys }];
  if (tags.length > 0) wanted.push({ action: 'TagSession', resource, keys });
  if (input.has('SourceIdentity')) wanted.push({ action: 'SetSourceIdentity', resource, keys: { ...keys, 'sts:SourceIdentity': [input.needed('SourceIdentity')] } });
  return wanted;
};

export const sts: Readers = {
  AssumeRole: assumeRole,
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: not even a deny is asked.
  ...free('GetCallerIdentity GetSessionToken'),
};

/** Names of roles are taken for whole paths: the templates' roles have none. */
export const iam: Readers = {
  ...on('GetRole ListRolePolicies GetRolePolicy ListAttachedRolePolicies ListRoleTags', (input, at) => at.arn('iam', `role/${input.needed('RoleName')}`, at.account, '')),
  ...on('GetPolicy GetPolicyVersion', (input) => input.needed('PolicyArn')),
  ...onEverything('ListRoles ListPolicies'),
};

/** Sign-in itself is done by whoever has the client's id: https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html. */
export const SIGN_IN = 'InitiateAuth RespondToAuthChallenge SignUp ConfirmSignUp ForgotPassword ConfirmForgotPassword ResendConfirmationCode GetUser UpdateUserAttributes ChangePassword DeleteUser GlobalSignOut RevokeToken GetTokensFromRefreshToken';

export const cognitoIdp: Readers = {
  ...on(
    'AdminCreateUser AdminDeleteUser AdminGetUser AdminInitiateAuth AdminRespondToAuthChallenge AdminSetUserPassword AdminAddUserToGroup AdminRemoveUserFromGroup AdminListGroupsForUser AdminUpdateUserAttributes AdminDisableUser AdminEnableUser AdminConfirmSignUp AdminUserGlobalSignOut DescribeUserPool DescribeUserPoolClient ListUsers ListUserPoolClients ListGroups GetGroup',
    (input, at) => {
      const pool = input.needed('UserPoolId');
      if (!/^[\w-]+_\w+$/.test(pool)) throw new UnreadableCall(`${input.operation} has the user pool id ${pool}, which cannot be read`);
      return at.arn('cognito-idp', `userpool/${pool}`);
    },
  ),
  ...free(SIGN_IN),
  ...onEverything('ListUserPools'),
};
