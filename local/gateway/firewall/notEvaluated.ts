/** A part of a web ACL that AWS would look at and this evaluator does not know: it is named, never passed over. */
export class NotEvaluated extends Error {
  override readonly name = 'NotEvaluated';
}

/** @throws NotEvaluated naming what `value` has besides the members that are known */
export function knowsOnly(value: object, known: readonly string[], what: string): void {
  const [unknown] = Object.entries(value).flatMap(([name, member]) => (member === undefined || known.includes(name) ? [] : [name]));
  if (unknown !== undefined) throw new NotEvaluated(`${unknown} of ${what} is not evaluated on this machine: add it to local/gateway/firewall`);
}
