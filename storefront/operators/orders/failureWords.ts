/** Tasks of the state machines that say themselves what they are for; a later release may have others. */
const steps = new Map([
  ['AuthorizePayment', 'Hold the money'],
  ['AwaitCustomer', 'Wait for the customer’s bank'],
  ['ForgetEarlierAnswer', 'Look at the payment again'],
  ['BookShipment', 'Book the shipment'],
  ['RecordShipment', 'Write down the shipment'],
  ['CapturePayment', 'Take the money'],
  ['ConfirmByMail', 'Confirm by mail'],
  ['ConfirmWithoutMail', 'Confirm although the mail was not sent'],
  ['RequestUndoing', 'Ask for the undoing'],
  ['RecallShipment', 'Recall the shipment'],
  ['RecordRecall', 'Write down the recall'],
  ['ReleasePayment', 'Give the money back'],
  ['ReleaseStock', 'Put the goods back into stock'],
  ['ReadOrder', 'Look whether it is undone already'],
  ['RequireProducts', 'Look whether its products are still there'],
  ['KeepOrder', 'Go on with the order after all'],
  ['TellCustomer', 'Write to the customer'],
  ['TellTooLate', 'Tell the customer that it was too late'],
  ['SendMail', 'Send the mail'],
  ['NoteUnsentMail', 'Put the unsent mail on the operators’ list'],
]);

export const stepWords = (name: string): string => steps.get(name) ?? name;

const errors = new Map([
  ['PaymentUnavailable', 'The payment provider did not answer'],
  ['States.Timeout', 'It took longer than it may'],
  ['States.Http.Socket', 'The carrier could not be reached'],
  ['States.Http.StatusCode.401', 'The carrier does not take the shop’s key'],
  ['States.Http.StatusCode.409', 'The carrier refused: the shipment is past that'],
  ['States.Http.StatusCode.422', 'The carrier does not deliver to this address'],
  ['States.Http.StatusCode.429', 'The carrier is too busy'],
  ['States.QueryEvaluationError', 'The state machine could not work out what to send'],
  ['Lambda.TooManyRequestsException', 'Too many functions were at work at once'],
  ['Lambda.Unknown', 'The function was lost while it worked'],
]);

/** What went wrong, from the name that Step Functions has for it. */
export function errorWords(error: string): string {
  const words = errors.get(error);
  if (words) return words;
  const status = /^States\.Http\.StatusCode\.(\d{3})$/.exec(error)?.[1];
  if (status) return Number(status) >= 500 ? `The carrier is out of order (${status})` : `The carrier refused (${status})`;
  if (error.endsWith('TransactionCanceledException')) return 'What was to be written did not fit what is there';
  if (/ProvisionedThroughput|Throttl/.test(error)) return 'The table was too busy';
  if (error.startsWith('Lambda.')) return 'The function could not be called';
  return `An error that no step expects: ${error}`;
}

/** What an answer says in words, where it has some: of a function's error, of a provider's problem, or plain text. */
export function saidIn(answer: string | undefined): string | undefined {
  if (answer === undefined) return undefined;
  const said = parsed(answer);
  if (typeof said !== 'object' || said === null) return /^[[{]/.test(answer) ? undefined : answer;
  for (const name of ['errorMessage', 'detail', 'title', 'message']) {
    const words: unknown = Object.entries(said).find(([key]) => key === name)?.[1];
    if (typeof words === 'string' && words !== '') return words;
  }
  return undefined;
}

/** An answer as it is read best: JSON on several lines, anything else as it came. */
export function laidOut(answer: string): string {
  const value = parsed(answer);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : answer;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
