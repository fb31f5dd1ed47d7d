import { CONNECT, type Answer, type FromFrame, type ToFrame } from './messages';

export interface Appearance {
  readonly theme?: 'stripe' | 'night' | 'flat' | 'none';
  readonly variables?: Readonly<Record<string, string>>;
}

type ElementEvent = 'ready' | 'change' | 'focus' | 'blur' | 'escape' | 'loaderror' | 'loaderstart';
type Listener = (event: object) => void;

const THEMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  night: { colorPrimary: '#85d996', colorBackground: '#30313d', colorText: '#fff', colorTextSecondary: '#a3a4b2', colorDanger: '#fe87a1', colorBorder: '#8f91a3' },
};

/** The payment element: a frame with the card's fields in the place where the shop mounts it. */
export class PaymentElement {
  readonly #url: string;
  readonly #listeners = new Map<ElementEvent, Set<Listener>>();
  readonly #answers = new Map<number, (answer: Answer) => void>();
  #variables: Readonly<Record<string, string>>;
  #frame: HTMLIFrameElement | undefined;
  #port: MessagePort | undefined;
  #ready: Promise<void> = Promise.reject(new Error('The payment element is not mounted.'));
  #nextId = 1;

  constructor(origin: string, publishableKey: string, locale: string, appearance: Appearance = {}) {
    this.#url = `${origin}/elements/card?${new URLSearchParams({ key: publishableKey, locale }).toString()}`;
    this.#variables = variablesOf(appearance);
    this.#ready.catch(() => {});
  }

  mount(place: string | HTMLElement): void {
    const parent = typeof place === 'string' ? document.querySelector(place) : place;
    if (!(parent instanceof HTMLElement)) throw integrationError(`The selector you specified (${typeof place === 'string' ? place : 'no element'}) applies to no DOM elements that are currently on the page.`);
    if (this.#frame) throw integrationError('This Element is already mounted. Use `unmount()` to unmount the Element before re-mounting.');
    const frame = document.createElement('iframe');
    frame.src = this.#url;
    frame.title = 'Secure payment input frame';
    frame.allow = 'payment *';
    // Set one by one: a strict Content-Security-Policy of the shop forbids style attributes.
    Object.assign(frame.style, { display: 'block', width: '100%', height: '12rem', border: '0', colorScheme: 'normal' });
    this.#frame = frame;
    this.#ready = new Promise((resolve) => {
      frame.addEventListener('load', () => this.#connect(frame, resolve), { once: true });
    });
    parent.replaceChildren(frame);
  }

  unmount(): void {
    this.#port?.close();
    this.#frame?.remove();
    this.#frame = undefined;
    this.#port = undefined;
  }

  destroy(): void {
    this.unmount();
    this.#listeners.clear();
  }

  on(event: ElementEvent, listener: Listener): this {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return this;
  }

  once(event: ElementEvent, listener: Listener): this {
    const first: Listener = (given) => {
      this.off(event, first);
      listener(given);
    };
    return this.on(event, first);
  }

  off(event: ElementEvent, listener: Listener): this {
    this.#listeners.get(event)?.delete(listener);
    return this;
  }

  /** What can be changed of the real one (layout, wallets, default values) has no counterpart in these fields. */
  update(): void {}

  focus(): void {
    this.#send({ type: 'focus' });
  }

  clear(): void {
    this.#send({ type: 'clear' });
  }

  setAppearance(appearance: Appearance): void {
    this.#variables = variablesOf(appearance);
    this.#send({ type: 'look', variables: this.#variables });
  }

  validate(): Promise<Answer> {
    return this.#ask((id) => ({ type: 'validate', id }));
  }

  createToken(parameters: Readonly<Record<string, string>>): Promise<Answer> {
    return this.#ask((id) => ({ type: 'create-token', id, parameters }));
  }

  #connect(frame: HTMLIFrameElement, onReady: () => void): void {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.addEventListener('message', ({ data }: MessageEvent<FromFrame>) => {
      if (data.type === 'ready') {
        this.#send({ type: 'look', variables: this.#variables });
        onReady();
      }
      this.#receive(data, frame);
    });
    port1.start();
    frame.contentWindow?.postMessage(CONNECT, new URL(this.#url).origin, [port2]);
  }

  #receive(message: FromFrame, frame: HTMLIFrameElement): void {
    if (message.type === 'height') frame.style.height = `${message.pixels + 4}px`;
    if (message.type === 'answer') {
      this.#answers.get(message.id)?.(message.answer);
      this.#answers.delete(message.id);
    }
    const common = { elementType: 'payment' };
    if (message.type === 'ready') this.#emit('ready', common);
    if (message.type === 'focused') this.#emit('focus', common);
    if (message.type === 'blurred') this.#emit('blur', common);
    if (message.type === 'change') this.#emit('change', { ...common, complete: message.complete, empty: message.empty, collapsed: false, value: { type: 'card' } });
  }

  async #ask(message: (id: number) => ToFrame): Promise<Answer> {
    await this.#ready;
    const id = this.#nextId++;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#send(message(id));
    });
  }

  #send(message: ToFrame): void {
    this.#port?.postMessage(message);
  }

  #emit(event: ElementEvent, given: object): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(given);
  }
}

const variablesOf = ({ theme = 'stripe', variables }: Appearance): Readonly<Record<string, string>> => ({ ...THEMES[theme], ...variables });

/** How Stripe.js tells a programmer of a wrong call. */
export function integrationError(message: string): Error {
  const error = new Error(message);
  error.name = 'IntegrationError';
  return error;
}
