import type { Problem } from './types.ts';

/** What the server refused, as it said it; `status` 0 where it could not be reached. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The refusal in an error of any kind. */
export const problemOf = (error: unknown): Problem | undefined =>
  error instanceof ApiProblem ? error.problem : undefined;

/** Whether the line or the server is away, and the same request may go through later. */
export const isAway = (error: unknown): boolean => {
  const status = problemOf(error)?.status;
  return status === 0 || status === 502 || status === 503 || status === 504;
};
