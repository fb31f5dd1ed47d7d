import { AdminGetUserCommand, CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod/mini';
import { readEnvironment } from '../shared/environment';
import { configuredOrders } from './configuration';
import { MailRequest, sendMail } from './mail/mailing';
import type { Mailing } from './mail/mailing';
import { step } from './step';

const config = readEnvironment(z.object({ USER_POOL_ID: z.string(), MAIL_SENDER: z.string(), CONFIGURATION_SET_NAME: z.string(), SITE_URL: z.url() }));
const cognito = new CognitoIdentityProviderClient({ maxAttempts: 3 });
const ses = new SESClient({ maxAttempts: 3 });

const mailing: Mailing = {
  orders: configuredOrders(),
  siteUrl: config.SITE_URL,
  // An access token carries no mail address, and a customer's `sub` is their user name.
  addressOf: async (customerId) => {
    const { UserAttributes: attributes = [] } = await cognito.send(new AdminGetUserCommand({ UserPoolId: config.USER_POOL_ID, Username: customerId }));
    const address = attributes.find(({ Name: name }) => name === 'email')?.Value;
    if (!address) throw new Error(`Customer ${customerId} has no mail address`);
    return address;
  },
  send: async ({ subject, text, html }, to, tags) => {
    const utf8 = (data: string): { Data: string; Charset: string } => ({ Data: data, Charset: 'UTF-8' });
    await ses.send(
      new SendEmailCommand({
        Source: config.MAIL_SENDER,
        Destination: { ToAddresses: [to] },
        Message: { Subject: utf8(subject), Body: { Text: utf8(text), Html: utf8(html) } },
        ConfigurationSetName: config.CONFIGURATION_SET_NAME,
        Tags: Object.entries(tags).map(([name, value]) => ({ Name: name, Value: value })),
      }),
    );
  },
};

/**
 * The step that mails the customer.
 * Needs: dynamodb:GetItem and PutItem on the orders table, cognito-idp:AdminGetUser on the pool, ses:SendEmail on the
 * sender and the configuration set. Environment: ORDERS_TABLE_NAME, USER_POOL_ID, MAIL_SENDER, CONFIGURATION_SET_NAME, SITE_URL.
 */
export const handler = step(MailRequest, (request) => sendMail(mailing, request));
