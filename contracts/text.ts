import * as z from 'zod/mini';

/**
 * Control characters, line separators, lone surrogates and bidirectional overrides: what would garble a
 * shipping label or let a text pretend to be another one. Joiners stay: Persian and emoji need them.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** One line of text written by a person: trimmed, in Unicode's composed form, 1 to `max` characters. */
export const textLine = (max: number) =>
  z.string().check(
    z.trim(),
    z.normalize(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(max, `must be at most ${max} characters long`),
    z.refine((text) => !UNPRINTABLE.test(text), 'must not contain control characters'),
  );
