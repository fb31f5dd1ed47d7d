/** `price_amount`: a member by its path, as SQL has it, where capitals are folded. */
export const snakeCase = (path: readonly string[]): string => path.join('_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
