import { AdminDeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { eventually } from '../../support/eventually';
import type { OperatedShop, Placed } from './operatedShop';

const handOver = async ({ outside }: OperatedShop, { orderId }: Placed): Promise<void> => {
  for (let step = 0; step < 2; step++) await outside.moveParcels(orderId);
};

/** An order that the carrier fetches once its customer's account is gone: its mail is tried again for a minute or two. */
export async function orderOfSomebodyGone(shop: OperatedShop): Promise<Placed> {
  const placed = await shop.confirmed();
  await shop.cognito.send(new AdminDeleteUserCommand({ UserPoolId: await shop.dev.output('Auth', 'UserPoolId'), Username: placed.customer.email }));
  await handOver(shop, placed);
  return placed;
}

/** What becomes of news for customers that cannot be sent. */
export function mails(given: () => OperatedShop, goneOf: () => Placed): void {
  test('goes out after all, in the language of the order, when somebody has stopped its sending, the cause is gone and an operator has it tried again', async () => {
    const { dev, outside, shop } = given();
    const placed = await given().confirmed({ language: 'de' });
    const sender = await dev.resource('Workflow', 'AWS::SES::EmailIdentity', 'MailSender');
    await dev.aws('sesv2', 'delete-email-identity', '--email-identity', sender);
    // The older API of the same: MiniStack keeps two lists.
    await dev.aws('ses', 'delete-identity', '--identity', sender);
    await handOver(given(), placed);
    await eventually(async () => {
      const { executions } = await given().shown(placed.orderId);
      return executions.find(({ machine }) => machine === 'TellCustomer')?.steps[0]?.attempts.some(({ error }) => error === 'MessageRejected');
    }, 60);
    const machine = await dev.resource('Workflow', 'AWS::StepFunctions::StateMachine', 'TellCustomer');
    const executionArn = `${machine.replace(':stateMachine:', ':execution:')}:${placed.orderId}-handed-over`;
    await new SFNClient(dev.settings).send(new StopExecutionCommand({ executionArn, cause: 'Nobody has confirmed the sender' }));
    expect(await given().concernsOf(placed.orderId)).toMatchObject([{ kind: 'MAIL_FAILED', detail: expect.stringMatching(/^TellCustomer handed-over: ABORTED/) }]);

    await dev.aws('ses', 'verify-email-identity', '--email-address', sender);
    await given().retry(placed.orderId, 'The sender is confirmed again');
    expect(await outside.mails(placed.orderId, 2)).toEqual(['Vielen Dank für Ihre Bestellung', 'Ihre Bestellung ist unterwegs']);
    for (const letter of await outside.letters(placed.orderId, 2)) {
      expect(letter).toMatchObject({ text: expect.stringContaining('Guten Tag Ada Lovelace,'), html: expect.stringContaining('<html lang="de">') });
    }
    await shop.orderWith('HANDED_OVER', placed.customer, placed.orderId);
  });

  test('puts the order of a customer who is gone on the list, and lets its parcels go on', async () => {
    const gone = goneOf();
    expect(await given().concernsOf(gone.orderId)).toMatchObject([{ kind: 'MAIL_FAILED', detail: 'UserNotFoundException' }]);
    const { executions, status } = await given().shown(gone.orderId);
    expect(status).toBe('HANDED_OVER');
    expect(executions.find(({ machine }) => machine === 'TellCustomer')).toMatchObject({ name: `${gone.orderId}-handed-over`, status: 'SUCCEEDED' });
  });
}
