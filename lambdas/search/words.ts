/** Each word becomes up to twenty for each field, and OpenSearch allows 1,024 in a query. */
const MOST_WORDS = 16;

/** What somebody typed as words with blanks between them. */
export const wordsOf = (q: string): string => q.trim().split(/[^\p{L}\p{N}\p{M}]+/u).slice(0, MOST_WORDS).join(' ');
