/** What a secret looks like, by its name, wherever it stands. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  'an AWS access key': /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  'an AWS secret key': /(?:secret_?access_?key|SecretAccessKey)["']?\s*[:=]\s*["'][A-Za-z0-9/+]{40}["']/i,
  'a private key': /-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----[\s\\n]*[A-Za-z0-9+/]{16}/,
  "a payment provider's key": /\b[sr]k_(?:live|test)_[A-Za-z0-9]{8}/,
  'a signing secret': /\bwhsec_[A-Za-z0-9+/]{16}/,
  'a token': /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/,
  'a GitHub token': /\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40})/,
  'an npm token': /\bnpm_[A-Za-z0-9]{36}\b/,
  'a Google key': /\bAIza[A-Za-z0-9_-]{35}\b/,
  'a Slack token': /\bxox[abprs]-[A-Za-z0-9-]{20}/,
  'a password in an address': /\b[a-z][a-z+]*:\/\/[^\s/:@"'`$]+:[^\s/:@"'`$]{4,}@[a-z0-9]/i,
};

/** Quoted texts that look drawn by lot and are known not to be. */
const KNOWN = [
  /^[A-Za-z0-9+/]{26}[A-Za-z]{26}0123456789[+/_-]*$/,
  // The SHA-256 of nothing.
  /^e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855$/,
  // A path of an AWS API begins with its version.
  /^\/\d{4}-\d\d-\d\d\/[A-Za-z]+$/,
];

/** What in a text has the shape of a secret: what it is, and how it begins. */
export const lookLikeSecrets = (text: string): string[] =>
  Object.entries(SHAPES).flatMap(([what, shape]) => {
    const found = shape.exec(text);
    return found ? [`${what}: ${beginning(found[0])}`] : [];
  });

/** The same of a program's text, and what is quoted in it that looks drawn by lot. */
export function secretsIn(text: string): string[] {
  const quoted = [...text.matchAll(/["'`]([\w+/=-]{32,200})["'`]/g)].flatMap(([, literal = '']) => (isRandom(literal) && !KNOWN.some((known) => known.test(literal)) ? [`something drawn by lot: ${beginning(literal)}`] : []));
  return [...lookLikeSecrets(text), ...quoted];
}

const beginning = (text: string): string => `${text.slice(0, 12)}…`;

/** Words of code repeat their letters, and have few digits. */
function isRandom(text: string): boolean {
  const isMixed = /\d.*\d.*\d/.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
  return isMixed ? entropyOf(text) > 4.35 : /^[0-9a-f]{32,}$/.test(text) && entropyOf(text) > 3;
}

/** Bits a character. */
function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
