import { passesLuhn } from '../account/luhn';
import { cardWords } from './cardWords';
import { CONNECT, type Answer, type FromFrame, type StripeJsError, type ToFrame } from './messages';

/** The fields of a card, on the sandbox's own origin: the shop's page never sees a number. */
const query = new URLSearchParams(window.location.search);
const key = query.get('key') ?? '';
const words = cardWords(query.get('locale') ?? undefined);
const inputs = { number: input('number'), expiry: input('expiry'), cvc: input('cvc') };
type FieldName = keyof typeof inputs;
let port: MessagePort | undefined;

function input(id: string): HTMLInputElement {
  const element = document.getElementById(id);
  if (!(element instanceof HTMLInputElement)) throw new Error(`There is no field ${id}.`);
  return element;
}

const digits = (name: FieldName): string => inputs[name].value.replaceAll(/\D/g, '');
const tell = (message: FromFrame): void => port?.postMessage(message);

const rejected = (code: string, message: string): StripeJsError => ({ type: 'validation_error', code, message });

const checks: Record<FieldName, () => StripeJsError | undefined> = {
  number() {
    const number = digits('number');
    if (number.length < 12) return rejected('incomplete_number', words.incompleteNumber);
    return passesLuhn(number) ? undefined : rejected('invalid_number', words.invalidNumber);
  },
  expiry() {
    const { month, year } = expiry();
    if (digits('expiry').length < 4) return rejected('incomplete_expiry', words.incompleteExpiry);
    if (month < 1 || month > 12) return rejected('invalid_expiry_month', words.invalidExpiry);
    const today = new Date();
    const past = year < today.getFullYear() || (year === today.getFullYear() && month < today.getMonth() + 1);
    return past ? rejected('invalid_expiry_year_past', words.pastExpiry) : undefined;
  },
  cvc() {
    return digits('cvc').length < 3 ? rejected('incomplete_cvc', words.incompleteCvc) : undefined;
  },
};
const names: readonly FieldName[] = ['number', 'expiry', 'cvc'];

const expiry = (): { month: number; year: number } => ({ month: Number(digits('expiry').slice(0, 2)), year: 2000 + Number(digits('expiry').slice(2, 4)) });

function show(name: FieldName, error: StripeJsError | undefined): void {
  inputs[name].setAttribute('aria-invalid', String(error !== undefined));
  const place = document.getElementById(`${name}-error`);
  if (place && place.textContent !== (error?.message ?? '')) place.textContent = error?.message ?? '';
}

/** Shows every fault and answers the first. */
function validate(): StripeJsError | undefined {
  const errors = names.map((name) => ({ name, error: checks[name]() }));
  for (const { name, error } of errors) show(name, error);
  const first = errors.find(({ error }) => error !== undefined);
  if (first) inputs[first.name].focus();
  return first?.error;
}

async function createToken(parameters: Readonly<Record<string, string>>): Promise<Answer> {
  const error = validate();
  if (error) return { error };
  const { month, year } = expiry();
  const body = new URLSearchParams({
    ...parameters,
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': digits('number'),
    'payment_method_data[card][exp_month]': String(month),
    'payment_method_data[card][exp_year]': String(year),
    'payment_method_data[card][cvc]': digits('cvc'),
  });
  try {
    const response = await fetch('/v1/confirmation_tokens', { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });
    const answer: { error?: StripeJsError } & object = await response.json();
    if (!answer.error) return { confirmationToken: answer };
    const { code = '', message } = answer.error;
    const field = names.find((name) => code.includes(name));
    if (field) show(field, { type: 'card_error', code, message });
    return { error: answer.error };
  } catch {
    return { error: { type: 'api_connection_error', message: 'An error occurred with our connection to Stripe.' } };
  }
}

function format(name: FieldName): void {
  const typed = digits(name);
  if (name === 'number') inputs.number.value = (typed.slice(0, 19).match(/.{1,4}/g) ?? []).join(' ');
  if (name === 'cvc') inputs.cvc.value = typed.slice(0, 4);
  if (name === 'expiry') inputs.expiry.value = typed.length > 2 ? `${typed.slice(0, 2)} / ${typed.slice(2, 4)}` : typed;
}

for (const name of names) {
  inputs[name].addEventListener('input', () => {
    format(name);
    show(name, undefined);
    tell({ type: 'change', complete: names.every((one) => checks[one]() === undefined), empty: names.every((one) => digits(one) === '') });
  });
  inputs[name].addEventListener('focus', () => tell({ type: 'focused' }));
  inputs[name].addEventListener('blur', () => {
    if (inputs[name].value !== '') show(name, checks[name]());
    tell({ type: 'blurred' });
  });
}
document.getElementById('card')?.addEventListener('submit', (event) => event.preventDefault());

async function receive(message: ToFrame): Promise<void> {
  if (message.type === 'look') for (const [name, value] of Object.entries(message.variables)) document.documentElement.style.setProperty(`--${name}`, value);
  if (message.type === 'focus') inputs.number.focus();
  if (message.type === 'clear') for (const name of names) inputs[name].value = '';
  if (message.type === 'validate') tell({ type: 'answer', id: message.id, answer: { error: validate() } });
  if (message.type === 'create-token') tell({ type: 'answer', id: message.id, answer: await createToken(message.parameters) });
}

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  const [offered] = event.ports;
  if (event.data !== CONNECT || event.source !== window.parent || !offered || port) return;
  port = offered;
  port.addEventListener('message', ({ data }: MessageEvent<ToFrame>) => void receive(data));
  port.start();
  new ResizeObserver(() => tell({ type: 'height', pixels: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
  tell({ type: 'ready' });
});
