import { ServiceError } from '../aws/errors';

type Values = Readonly<Record<string, readonly string[]>>;

/** What a filter looks at: the types of a user's interactions with an item, and the item's own columns. */
export interface Candidate {
  readonly eventTypes: ReadonlySet<string>;
  readonly columns: Readonly<Record<string, string>>;
}

export interface Filter {
  /** The `$PLACEHOLDERS` that a call has to fill, without the dollar. */
  readonly placeholders: readonly string[];
  /** @throws ServiceError InvalidInputException when `values` lacks a placeholder */
  keeps(candidate: Candidate, values?: Values): boolean;
}

const EXPRESSION = /^\s*(INCLUDE|EXCLUDE)\s+ItemID\s+WHERE\s+(Interactions\.EVENT_TYPE|Items\.[A-Z][A-Z0-9_]*)\s+(NOT\s+IN|IN)\s*\(([^()]*)\)\s*$/i;
const QUOTED = /^"([^"]+)"$/;
const PLACEHOLDER = /^\$([A-Za-z_]+)$/;

/**
 * Reads `EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("Purchase")` and the like: one condition, of IN or NOT IN. AWS's
 * grammar knows more: https://docs.aws.amazon.com/personalize/latest/dg/filter-expressions.html.
 *
 * @throws ServiceError InvalidInputException naming the expression that is not answered on this machine
 */
export function parseFilter(expression: string): Filter {
  const [, verb = '', field = '', operator = '', list = ''] = EXPRESSION.exec(expression) ?? [];
  const operands = list.split(',').map((operand) => operand.trim());
  if (verb === '' || operands.some((operand) => !QUOTED.test(operand) && !PLACEHOLDER.test(operand))) {
    throw new ServiceError('InvalidInputException', `The filter expression ${expression} is not answered on this machine.`);
  }
  const placeholders = operands.flatMap((operand) => PLACEHOLDER.exec(operand)?.[1] ?? []);
  const wanted = (values: Values): string[] =>
    operands.flatMap((operand) => {
      const name = PLACEHOLDER.exec(operand)?.[1];
      if (name === undefined) return QUOTED.exec(operand)?.[1] ?? [];
      const given = values[name];
      if (given === undefined) throw new ServiceError('InvalidInputException', `The filter has no value for ${name}.`);
      return [...given];
    });
  const column = /^Items\.(.+)$/i.exec(field)?.[1];
  return {
    placeholders,
    keeps: ({ eventTypes, columns }, values = {}) => {
      const list = wanted(values);
      const isIn = column === undefined ? list.some((type) => eventTypes.has(type)) : list.includes(columns[column] ?? '');
      const holds = /NOT/i.test(operator) ? !isIn : isIn;
      return verb.toUpperCase() === 'INCLUDE' ? holds : !holds;
    },
  };
}
