/** One piece of a statement. Only code is ever rewritten: never the inside of a text, a comment or a quoted name. */
export interface Token {
  readonly kind: 'text' | 'quoted' | 'comment' | 'space' | 'word' | 'symbol';
  readonly text: string;
}

const PATTERN = /(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<comment>--[^\n]*|\/\*[\s\S]*?\*\/)|(?<space>\s+)|(?<word>[A-Za-z_]\w*)|(?<symbol>::|\d+(?:\.\d+)?|.)/gs;

const KINDS = ['text', 'quoted', 'comment', 'space', 'word', 'symbol'] as const;

export const tokensOf = (sql: string): Token[] =>
  [...sql.matchAll(PATTERN)].map(({ 0: text, groups = {} }) => ({ kind: KINDS.find((kind) => groups[kind] !== undefined) ?? 'symbol', text }));

/** The statements of a script, without comments around them and the semicolons between them. */
export function statementsIn(sql: string): string[] {
  const statements = [''];
  for (const { kind, text } of tokensOf(sql)) {
    if (kind === 'symbol' && text === ';') statements.push('');
    else statements[statements.length - 1] += kind === 'comment' ? ' ' : text;
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
}
