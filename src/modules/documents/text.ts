import { Liquid } from 'liquidjs';
import { blankAt } from './blanks.ts';
import type { BlankSpec, Printed } from './blanks.ts';
import type { Role } from './fonts.ts';

/** A stretch of text in one role; `filled` marks what came out of a blank. */
export type Span = { text: string; role: Role; filled: boolean };

/** A compiled text of a template: the view in, the spans out. */
export type Text = (view: Record<string, Printed>) => Span[];

// Liquid sets what it fills in between these, so that the text of a blank is never read as markup. They are
// noncharacters of Unicode, which no blank admits.
const FILLED = '\uFDD0';
const PLAIN = '\uFDD1';
const END = '\uFDD2';
const STRETCH = /([\uFDD0\uFDD1])([^\uFDD2]*)\uFDD2|([^\uFDD0-\uFDD2]+)/g;

/** Names a text may use besides its blanks. */
export const GIVEN = ['bureau', 'number', 'page', 'pages'];

const liquid = createLiquid();

/** Liquid reduced to blanks and conditions: no loops, no assignments, no files. A template is text, not a program. */
function createLiquid(): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    outputEscape: (value: unknown) => {
      const text = textOf(value);
      return text.startsWith(PLAIN) ? text : FILLED + text + END;
    },
  });
  for (const name of Object.keys(engine.tags)) {
    if (!['if', 'unless'].includes(name)) delete engine.tags[name];
  }
  for (const name of Object.keys(engine.filters)) delete engine.filters[name];
  engine.registerFilter('plain', (value: unknown) => PLAIN + textOf(value) + END);
  return engine;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/**
 * Compiles a text: `{{ blank }}` is filled and underlined, `{{ blank | plain }}` filled without the underline,
 * `{% if blank %}…{% endif %}` printed only when the blank is filled, `**…**` set in 黑体.
 * Error naming the blank when the text uses one that the template does not declare, or a tag that is not allowed.
 */
export function compileText(source: string, specs: Record<string, BlankSpec>): Text {
  const template = liquid.parse(source);
  for (const path of liquid.globalVariableSegmentsSync(template)) {
    const name = path.filter((step) => typeof step === 'string').join('.');
    if (!GIVEN.includes(name) && blankAt(specs, name) === undefined) {
      throw new Error(`the text uses {{ ${name} }}, which is not among the blanks: ${source}`);
    }
  }
  return (view) => spansOf(String(liquid.renderSync(template, view)));
}

function spansOf(rendered: string): Span[] {
  const spans: Span[] = [];
  let strong = false;
  for (const [, mark, filled, printed] of rendered.matchAll(STRETCH)) {
    if (mark !== undefined) {
      spans.push({ text: filled ?? '', role: strong ? 'heading' : 'body', filled: mark === FILLED });
      continue;
    }
    for (const [index, part] of (printed ?? '').split('**').entries()) {
      if (index > 0) strong = !strong;
      if (part !== '') spans.push({ text: part, role: strong ? 'heading' : 'body', filled: false });
    }
  }
  return spans;
}

/** The spans as one string. */
export const plainText = (spans: readonly Span[]): string => spans.map((span) => span.text).join('');
