import { InvalidArgumentError } from 'commander';

/** A port given on the command line. @throws InvalidArgumentError, which the command prints, when it is none */
export function portOption(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 65_535) throw new InvalidArgumentError('A port is a number from 1 to 65535.');
  return number;
}
