import { wrong } from './resource';

type Values = Readonly<Record<string, readonly string[]>>;

/** What a filter looks at: the types of a user's interactions with an item, and the item's own columns. */
export interface Candidate {
  readonly eventTypes: ReadonlySet<string>;
  readonly columns: Readonly<Record<string, string>>;
}

export interface Filter {
  /** The `$PLACEHOLDERS` that a call has to fill, without the dollar. */
  readonly placeholders: readonly string[];
  /** What it looks at. */
  readonly fields: readonly { readonly dataset: 'Interactions' | 'Items'; readonly column: string }[];
  /** @throws ServiceError InvalidInputException when `values` lacks a placeholder */
  keeps(candidate: Candidate, values?: Values): boolean;
}

const CLAUSE = /^\s*(INCLUDE|EXCLUDE)\s+ItemID\s+WHERE\s+(Interactions\.EVENT_TYPE|Items\.[A-Z][A-Z0-9_]*)\s+(NOT\s+IN|IN)\s*\(([^()]*)\)\s*$/i;
const QUOTED = /^"([^"]+)"$/;
const PLACEHOLDER = /^\$([A-Za-z_]+)$/;
/** A bar that is not within quotes. */
const BAR = /\|(?=(?:[^"]*"[^"]*")*[^"]*$)/;

/**
 * Reads `EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")` and the like, several of them joined by `|`: each one
 * condition, of IN or NOT IN. AWS's grammar knows more: https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html.
 *
 * @throws ServiceError InvalidInputException naming the expression that is not answered on this machine
 */
export function parseFilter(expression: string): Filter {
  const clauses = expression.split(BAR).map((clause) => parseClause(clause, expression));
  return {
    placeholders: clauses.flatMap(({ placeholders }) => placeholders),
    fields: clauses.flatMap(({ fields }) => fields),
    keeps: (candidate, values) => clauses.every((clause) => clause.keeps(candidate, values)),
  };
}

function parseClause(clause: string, expression: string): Filter {
  const [, verb = '', field = '', operator = '', list = ''] = CLAUSE.exec(clause) ?? [];
  const operands = list.split(',').map((operand) => operand.trim());
  if (verb === '' || operands.some((operand) => !QUOTED.test(operand) && !PLACEHOLDER.test(operand))) throw wrong(`The filter expression ${expression} is not answered on this machine.`);
  const placeholders = operands.flatMap((operand) => PLACEHOLDER.exec(operand)?.[1] ?? []);
  const wanted = (values: Values): string[] =>
    operands.flatMap((operand) => {
      const name = PLACEHOLDER.exec(operand)?.[1];
      if (name === undefined) return QUOTED.exec(operand)?.[1] ?? [];
      const given = values[name];
      if (given === undefined) throw wrong(`The filter has no value for ${name}.`);
      return [...given];
    });
  const column = /^Items\.(.+)$/i.exec(field)?.[1];
  return {
    placeholders,
    fields: [column === undefined ? { dataset: 'Interactions', column: 'EVENT_TYPE' } : { dataset: 'Items', column }],
    keeps: ({ eventTypes, columns }, values = {}) => {
      const list = wanted(values);
      // A categorical column may have several values, with bars between them.
      const isIn = column === undefined ? list.some((type) => eventTypes.has(type)) : (columns[column] ?? '').split('|').some((value) => list.includes(value));
      const holds = /NOT/i.test(operator) ? !isIn : isIn;
      return verb.toUpperCase() === 'INCLUDE' ? holds : !holds;
    },
  };
}
