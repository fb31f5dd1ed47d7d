import { randomInt } from 'node:crypto';

/** The same again: `SEED=7 npx jest --selectProjects journeys --testPathPatterns journeys/abuse`. */
export const SEED = Number(process.env.SEED ?? randomInt(2 ** 31));
