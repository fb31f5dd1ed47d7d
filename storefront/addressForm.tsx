import { useId } from 'preact/hooks';
import type { Problem } from '../contracts/problem';
import type { Address } from './draft';
import { ENGLISH_DATA, useLanguage } from './words/language';

interface FieldProps {
  field: keyof Address;
  autoComplete: string;
  maxLength: number;
  optional?: boolean;
}

const fields: FieldProps[] = [
  { field: 'name', autoComplete: 'shipping name', maxLength: 100 },
  { field: 'line1', autoComplete: 'shipping address-line1', maxLength: 100 },
  { field: 'line2', autoComplete: 'shipping address-line2', maxLength: 100, optional: true },
  { field: 'postalCode', autoComplete: 'shipping postal-code', maxLength: 16 },
  { field: 'city', autoComplete: 'shipping address-level2', maxLength: 80 },
];

interface Props {
  address: Address;
  /** Faults the shop found, shown beside their fields. */
  problem?: Problem;
  change: (address: Address) => void;
}

/** Where to ship to. The browser checks what it can; the shop has the last word. */
export function AddressFields({ address, problem, change }: Props) {
  const { words } = useLanguage();
  const set = (field: keyof Address, value: string) => change({ ...address, [field]: value });
  return (
    <fieldset>
      <legend>{words.address.title}</legend>
      {fields.map((field) => (
        <TextField key={field.field} {...field} value={address[field.field]} fault={faultOf(problem, field.field)} set={set} />
      ))}
      <CountryField value={address.country} fault={faultOf(problem, 'country')} set={set} />
    </fieldset>
  );
}

type InputProps = { value: string; fault: string | undefined; set: (field: keyof Address, value: string) => void };

function TextField({ field, autoComplete, maxLength, optional, value, fault, set }: FieldProps & InputProps) {
  const { words } = useLanguage();
  const id = useId();
  return (
    <p class="field">
      <label for={id}>
        {words.fields[field]} {optional && <span class="faint">{words.shop.optional}</span>}
      </label>
      <input
        id={id}
        name={field}
        type="text"
        autoComplete={autoComplete}
        maxLength={maxLength}
        required={!optional}
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault && `${id}-fault`}
        onInput={({ currentTarget }) => set(field, currentTarget.value)}
      />
      {fault && (
        <span id={`${id}-fault`} class="fault" lang={ENGLISH_DATA}>
          {fault}
        </span>
      )}
    </p>
  );
}

function CountryField({ value, fault, set }: InputProps) {
  const { words, shippingCountries } = useLanguage();
  const id = useId();
  return (
    <p class="field">
      <label for={id}>{words.fields.country}</label>
      <select
        id={id}
        name="country"
        autoComplete="shipping country"
        required
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault && `${id}-fault`}
        onChange={({ currentTarget }) => set('country', currentTarget.value)}
      >
        <option value="">{words.address.choose}</option>
        {shippingCountries().map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
      {fault && (
        <span id={`${id}-fault`} class="fault" lang={ENGLISH_DATA}>
          {fault}
        </span>
      )}
    </p>
  );
}

function faultOf(problem: Problem | undefined, field: string): string | undefined {
  return problem?.errors?.find(({ pointer }) => pointer?.toLowerCase().endsWith(field.toLowerCase()) ?? false)?.detail;
}
