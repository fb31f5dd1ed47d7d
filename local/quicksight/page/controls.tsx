import type { Chosen, Control } from '../dashboards/model';
import { useLive } from './live';

type Choices = Readonly<Record<string, Chosen>>;

interface ControlsProps {
  readonly controls: readonly Control[];
  readonly choices: Choices;
  readonly base: string;
  readonly onChange: (choices: Choices) => void;
}

/** What whoever looks can choose; nothing chosen is as the dashboard has it. */
export function Controls({ controls, choices, base, onChange }: ControlsProps) {
  const change = (filterId: string) => (chosen: Chosen | undefined): void => {
    const { [filterId]: _, ...others } = choices;
    onChange(chosen ? { ...others, [filterId]: chosen } : others);
  };
  return (
    <form class="controls" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {controls.map((control) => {
        const props = { control, chosen: choices[control.filterId] ?? control.chosen, onChange: change(control.filterId) };
        if (control.kind === 'relative') return <RelativeControl key={control.id} {...props} />;
        if (control.kind === 'range') return <RangeControl key={control.id} {...props} />;
        return <ValuesControl key={control.id} {...props} base={base} />;
      })}
      {Object.keys(choices).length > 0 && <button type="button" onClick={() => onChange({})}>As it was</button>}
    </form>
  );
}

interface ControlProps {
  readonly control: Control;
  readonly chosen: Chosen | undefined;
  readonly onChange: (chosen: Chosen | undefined) => void;
}

const last = (amount: number, granularity: 'MINUTE' | 'HOUR' | 'DAY'): Chosen => ({ kind: 'relative', type: 'LAST', granularity, amount });
const day = (type: 'THIS' | 'PREVIOUS', granularity: 'DAY' | 'WEEK' | 'MONTH'): Chosen => ({ kind: 'relative', type, granularity });
const RANGES: readonly Chosen[] = [last(15, 'MINUTE'), last(1, 'HOUR'), last(24, 'HOUR'), day('THIS', 'DAY'), day('PREVIOUS', 'DAY'), last(7, 'DAY'), last(30, 'DAY'), day('THIS', 'MONTH'), last(365, 'DAY')];

function rangeText(chosen: Chosen): string {
  if (chosen.kind !== 'relative') return '';
  const { type, granularity, amount = 1 } = chosen;
  const unit = granularity.toLowerCase();
  if (type === 'LAST' || type === 'NEXT') return amount === 1 ? `${type === 'LAST' ? 'This' : 'Next'} ${unit}` : `${type === 'LAST' ? 'Last' : 'Next'} ${amount} ${unit}s`;
  if (granularity === 'DAY') return { PREVIOUS: 'Yesterday', THIS: 'Today', NOW: 'Today until now' }[type];
  return { PREVIOUS: `Last ${unit}`, THIS: `This ${unit}`, NOW: `This ${unit} until now` }[type];
}

function RelativeControl({ control, chosen, onChange }: ControlProps) {
  const ranges = new Map([...(control.chosen ? [control.chosen] : []), ...RANGES].map((range) => [rangeText(range), range]));
  return (
    <label>
      {control.title}
      <select value={chosen ? rangeText(chosen) : ''} onChange={({ currentTarget: { value } }) => onChange(ranges.get(value))}>
        {[...ranges.keys()].map((text) => <option key={text}>{text}</option>)}
      </select>
    </label>
  );
}

/** Of a field that is filled in by a person at their own clock, in UTC as the data is. */
const fieldValue = (iso: string | undefined): string => iso?.slice(0, 16) ?? '';
const isoOf = (value: string): string | undefined => (value === '' ? undefined : `${value}:00.000Z`);

function RangeControl({ control, chosen, onChange }: ControlProps) {
  const { from, to } = chosen?.kind === 'range' ? chosen : {};
  return (
    <fieldset>
      <legend>{control.title} (UTC)</legend>
      <label>
        from
        <input type="datetime-local" value={fieldValue(from)} max={fieldValue(to)} onChange={({ currentTarget: { value } }) => onChange({ kind: 'range', from: isoOf(value), to })} />
      </label>
      <label>
        to
        <input type="datetime-local" value={fieldValue(to)} min={fieldValue(from)} onChange={({ currentTarget: { value } }) => onChange({ kind: 'range', from, to: isoOf(value) })} />
      </label>
    </fieldset>
  );
}

function ValuesControl({ control, chosen, onChange, base }: ControlProps & { readonly base: string }) {
  const { data = [], problem } = useLive<string[]>(`${base}/filters/${encodeURIComponent(control.filterId)}/values`);
  const values = chosen?.kind === 'values' ? chosen.values : undefined;
  const all = [...new Set([...data, ...(values ?? [])])];
  if (!control.several) {
    return (
      <label>
        {control.title}
        <select value={values?.[0] ?? ''} onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : { kind: 'values', values: [value] })}>
          <option value="">all</option>
          {all.map((value) => <option key={value}>{value}</option>)}
        </select>
      </label>
    );
  }
  const isChosen = (value: string): boolean => values === undefined || values.includes(value);
  const toggled = (value: string): void => {
    const now = all.filter((one) => (one === value ? !isChosen(one) : isChosen(one)));
    onChange(now.length === all.length ? undefined : { kind: 'values', values: now });
  };
  return (
    <details class="values" onKeyDown={({ key, currentTarget }) => void (key === 'Escape' && (currentTarget.open = false))}>
      <summary>
        {control.title}: <b>{values === undefined ? 'all' : values.length === 0 ? 'none' : values.length <= 2 ? values.join(', ') : `${values.length} of ${all.length}`}</b>
      </summary>
      <div>
        {problem !== undefined && <p class="bad">{problem}</p>}
        {all.length === 0 && problem === undefined && <p class="faint">No values yet.</p>}
        {all.map((value) => (
          <label key={value}>
            <input type="checkbox" checked={isChosen(value)} onChange={() => toggled(value)} /> {value}
          </label>
        ))}
        <p class="acts">
          <button type="button" onClick={() => onChange(undefined)}>All</button>
          <button type="button" onClick={() => onChange({ kind: 'values', values: [] })}>None</button>
        </p>
      </div>
    </details>
  );
}
