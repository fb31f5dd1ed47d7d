import { createHash } from 'node:crypto';

/**
 * A password as Redshift takes it without ever being told it: `sha256|<digest>|<salt>`, so that it stands in no statement that a
 * log or the Data API keeps. The salt is made of `salted`, so that who asks again asks the same. https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_USER.html
 */
export function digested(password: string, salted: string): string {
  const salt = createHash('sha256').update(salted).digest();
  const digest = createHash('sha256').update(password).update(salt).digest('hex');
  return `sha256|${digest}|${salt.toString('hex')}`;
}
