const PIECES = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\/|;|[^;'"/-]+|[^]/g;

/** The statements of a file of SQL, without its comments: the Data API takes them one by one. */
export function statementsIn(sql: string): string[] {
  const statements = [''];
  for (const [piece] of sql.matchAll(PIECES)) {
    if (piece === ';') statements.push('');
    else if (!/^(--|\/\*)/.test(piece)) statements[statements.length - 1] += piece;
  }
  return statements.map((statement) => statement.trim()).filter((statement) => statement !== '');
}
