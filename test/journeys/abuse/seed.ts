/** Other requests, or those of a failure: `SEED=7 npx jest --selectProjects journeys --testPathPatterns journeys/abuse`. */
export const SEED = Number(process.env.SEED ?? 1);
