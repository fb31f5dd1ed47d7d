import { httpFunction } from '../shared/http';
import type { Answer } from '../shared/http';
import { ProblemError } from '../shared/problem-error';
import type { HttpEvent } from '../shared/request';
import { SearchAwayError } from './open-search';

/** A function behind a route that says so when the domain is away. */
export const searchFunction = (answer: (event: HttpEvent) => Promise<Answer>): ReturnType<typeof httpFunction> =>
  httpFunction(async (event) => {
    try {
      return await answer(event);
    } catch (error) {
      if (!(error instanceof SearchAwayError)) throw error;
      throw new ProblemError('search-away', undefined, { cause: error, headers: { 'retry-after': '5' } });
    }
  });
