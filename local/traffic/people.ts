import { randomBytes, randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { ShippingAddress } from '../../contracts/address';
import type { Random } from './random';
import type { Login } from './signInPages';

/** Somebody who comes to the shop, again and again perhaps, always from the same browser. */
export interface Person {
  readonly anonymousId: string;
  readonly address: z.infer<typeof ShippingAddress>;
  /** From 0 to 1: which category they care for most, see tastes.ts. */
  readonly favourite: number;
  readonly login: Login;
  hasAccount: boolean;
}

const FIRST_NAMES = ['Ada', 'Bruno', 'Clara', 'Dilan', 'Emil', 'Freya', 'Gaia', 'Hugo', 'Ines', 'Jonas', 'Kamila', 'Leon', 'Mila', 'Nils', 'Olga', 'Paul', 'Rosa', 'Sami', 'Thea', 'Ugo', 'Vera', 'Zoe'];
const LAST_NAMES = ['Andersen', 'Bauer', 'Costa', 'Dubois', 'Eriksen', 'Fischer', 'García', 'Horák', 'Janssen', 'Kowalska', 'Lindqvist', 'Moreau', 'Novák', "O'Brien", 'Peeters', 'Rossi', 'Silva', 'Virtanen', 'Weber', 'Yıldız'];
const TOWNS = [
  { line1: 'Unter den Linden', postalCode: '10117', city: 'Berlin', country: 'DE' },
  { line1: 'Sendlinger Straße', postalCode: '80331', city: 'München', country: 'DE' },
  { line1: 'Mariahilfer Straße', postalCode: '1060', city: 'Wien', country: 'AT' },
  { line1: 'Bahnhofstrasse', postalCode: '8001', city: 'Zürich', country: 'CH' },
  { line1: 'Rue de Rivoli', postalCode: '75004', city: 'Paris', country: 'FR' },
  { line1: 'Vesterbrogade', postalCode: '1620', city: 'København', country: 'DK' },
  { line1: 'Prinsengracht', postalCode: '1015 DX', city: 'Amsterdam', country: 'NL' },
  { line1: 'Via Garibaldi', postalCode: '10122', city: 'Torino', country: 'IT' },
  { line1: 'Calle de Alcalá', postalCode: '28014', city: 'Madrid', country: 'ES' },
  { line1: 'Drottninggatan', postalCode: '111 51', city: 'Stockholm', country: 'SE' },
] as const;

const COMES_BACK = 0.4;
/** The rest is forgotten, as by a browser that was tidied up. */
const MOST_KNOWN = 300;

/** Everybody who has been at the shop. Some of them come back, one visit at a time. */
export class Crowd {
  readonly #away: Person[] = [];

  constructor(private readonly random: Random) {}

  /** Who comes next: somebody new, or somebody who was there and is not now. */
  comes(): Person {
    const { random } = this;
    const [known] = random.chance(COMES_BACK) ? this.#away.splice(random.whole(this.#away.length), 1) : [];
    return known ?? newPerson(random);
  }

  leaves(person: Person): void {
    this.#away.push(person);
    if (this.#away.length > MOST_KNOWN) this.#away.shift();
  }
}

function newPerson(random: Random): Person {
  const name = `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`;
  const { line1, ...town } = TOWNS[random.whole(TOWNS.length)] ?? TOWNS[0];
  const mailbox = name.toLowerCase().normalize('NFKD').replaceAll('ı', 'i').replaceAll(/[^a-z ]/g, '').replace(' ', '.');
  return {
    anonymousId: randomUUID(),
    address: ShippingAddress.parse({ name, line1: `${line1} ${1 + random.whole(120)}`, ...town }),
    favourite: random.next(),
    // Two may have one name. Upper case, lower case, digit and symbol are what the pool's password policy asks for.
    login: { email: `${mailbox}.${randomBytes(4).toString('hex')}@example.com`, password: `Aa1!${randomBytes(24).toString('base64url')}` },
    hasAccount: false,
  };
}
