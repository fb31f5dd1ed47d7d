import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityHeaders } from '../../app/edge/security-headers';
import type { SecurityHeadersProps } from '../../app/edge/security-headers';

interface Policy {
  readonly SecurityHeadersConfig: {
    readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: string };
    readonly FrameOptions: { readonly FrameOption: string };
    readonly ReferrerPolicy: { readonly ReferrerPolicy: string };
    readonly StrictTransportSecurity: { readonly AccessControlMaxAgeSec: number; readonly IncludeSubdomains: boolean };
    readonly ContentTypeOptions: object;
  };
  readonly CustomHeadersConfig: { readonly Items: readonly { readonly Header: string; readonly Value: string }[] };
}

/** What CloudFront adds to every answer, by the template that it is deployed from, with these origins in the policy. */
export function releasedHeaders(props: SecurityHeadersProps): Record<string, string> {
  const stack = new Stack();
  new SecurityHeaders(stack, 'Headers', props);
  const [resource] = Object.values(Template.fromStack(stack).findResources('AWS::CloudFront::ResponseHeadersPolicy'));
  const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = (resource as { Properties: { ResponseHeadersPolicyConfig: Policy } }).Properties.ResponseHeadersPolicyConfig;
  const { AccessControlMaxAgeSec: age, IncludeSubdomains: withSubdomains } = security.StrictTransportSecurity;
  return {
    'content-security-policy': security.ContentSecurityPolicy.ContentSecurityPolicy,
    'x-frame-options': security.FrameOptions.FrameOption,
    'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
    'strict-transport-security': `max-age=${age}${withSubdomains ? '; includeSubDomains' : ''}`,
    ...(security.ContentTypeOptions && { 'x-content-type-options': 'nosniff' }),
    ...Object.fromEntries(custom.Items.map(({ Header, Value }) => [Header.toLowerCase(), Value])),
  };
}
