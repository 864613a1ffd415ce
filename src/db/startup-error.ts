/**
 * An error of the start-up, told to the person who runs the program: one sentence in Chinese, one in English,
 * each saying what is wrong and what to do. It never reaches an HTTP client, so it is not an AppError.
 */
export function startupError(zh: string, en: string): Error {
  return new Error(`${zh}\n${en}`);
}
