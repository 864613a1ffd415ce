import { z } from 'zod';
import { isDay } from './clock.ts';
import { cleanLine, cleanText } from './text.ts';

// Tab and line ends belong to prose; every other control character is a sign of something gone wrong on the way.
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const CONTROL_OR_BREAK = /\p{Cc}/u;

const noControls =
  (pattern: RegExp) =>
  (text: string): boolean =>
    !pattern.test(text);
const refused = { params: { code: 'field.control_characters' } };

/** A text of one line, kept as `cleanLine` leaves it: NFC, one space for any run of white space, not empty. */
export const lineOf = (max: number) =>
  z
    .string()
    .max(max * 2)
    .refine(noControls(CONTROL_OR_BREAK), refused)
    .overwrite(cleanLine)
    .min(1)
    .max(max);

/** A text of several lines, kept as `cleanText` leaves it: NFC, line ends as `\n`, not empty. */
export const proseOf = (max: number) =>
  z
    .string()
    .max(max * 2)
    .refine(noControls(CONTROL), refused)
    .overwrite(cleanText)
    .min(1)
    .max(max);

/** A real calendar day of 1900 or later, `YYYY-MM-DD`. */
export const dayField = z
  .string()
  .max(10)
  .refine((text) => isDay(text) && text >= '1900-01-01', { params: { code: 'field.day' } })
  .meta({ format: 'date' });

/** An instant with its offset, ISO 8601. */
export const instantField = z.iso.datetime({ offset: true });

// A hundred thousand million yuan: above any dispute, far below what a double stops counting exactly.
const MOST_FEN = 10_000_000_000_000;

/** An amount of money in whole fen, not negative. */
export const fenField = z.int().min(0).max(MOST_FEN);
