import type { Cell, Field, Visual, VisualData } from '../dashboards/model';
import { cellText } from './format';

/** The rows of a visual as they are. */
export function DataTable({ visual: { groups, values, title }, data: { rows } }: { readonly visual: Visual; readonly data: VisualData }) {
  const fields = [...groups, ...values];
  return (
    // It scrolls by itself, which needs the keyboard as well.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div class="scroll rows" tabIndex={0} role="group" aria-label={`Rows of ${title ?? 'the visual'}`}>
      <table>
        <thead>
          <tr>{fields.map((field, index) => <th key={field.id} scope="col" class={isNumber(field, rows[0]?.[index]) ? 'number' : ''}>{field.label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>{fields.map((field, index) => <td key={field.id} class={isNumber(field, row[index]) ? 'number' : field.kind === 'date' ? 'date' : ''}>{cellText(row[index], field)}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const isNumber = ({ kind }: Field, cell: Cell | undefined): boolean => kind === 'number' || typeof cell === 'number';
