import { ApiProblem, problemOf } from '../api/problem.ts';

/** Has what is refused stand under the names the form knows, where they are not those of the body. */
export async function renamed<R>(answer: Promise<R>, nameOf: (field: string) => string): Promise<R> {
  try {
    return await answer;
  } catch (error) {
    const problem = problemOf(error);
    if (!problem?.errors) throw error;
    const errors = problem.errors.map((one) => ({ ...one, field: nameOf(one.field) }));
    throw new ApiProblem({ ...problem, errors });
  }
}
