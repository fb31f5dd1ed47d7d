export type FormValue = string | FormValue[] | { [name: string]: FormValue };

type Node = Map<string, Node | string>;

const isIndex = (name: string): boolean => name === '' || /^\d+$/.test(name);

/**
 * Reads `application/x-www-form-urlencoded` with the API's nesting: `card[number]=…`, `expand[]=…`, `expand[0]=…`.
 * https://docs.stripe.com/api: "form-encoded request bodies"
 */
export function decodeForm(encoded: string): Record<string, FormValue> {
  const root: Node = new Map();
  for (const [name, value] of new URLSearchParams(encoded)) put(root, namesOf(name), value);
  return Object.fromEntries([...root].map(([name, node]) => [name, valueOf(node)]));
}

/** `a[b][]` → a, b, '' */
function namesOf(name: string): string[] {
  const opening = name.indexOf('[');
  if (opening < 1) return [name];
  return [name.slice(0, opening), ...[...name.slice(opening).matchAll(/\[([^\]]*)\]/g)].map(([, inner = '']) => inner)];
}

function put(node: Node, [name = '', ...rest]: readonly string[], value: string): void {
  const key = name === '' ? String(node.size) : name;
  if (rest.length === 0) {
    node.set(key, value);
    return;
  }
  const known = node.get(key);
  const child: Node = known instanceof Map ? known : new Map();
  node.set(key, child);
  put(child, rest, value);
}

function valueOf(node: Node | string): FormValue {
  if (typeof node === 'string') return node;
  if (node.size > 0 && [...node.keys()].every(isIndex)) return [...node.values()].map(valueOf);
  return Object.fromEntries([...node].map(([name, child]) => [name, valueOf(child)]));
}
