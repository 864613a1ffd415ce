/** A choice of a list. */
export type Choice = { value: string | number; label: string };

/** How a field of a form is asked for; its name is that of the body's field, which the server checks. */
export type Field<N extends string = string> = {
  name: N;
  kind:
    | 'line'
    | 'text'
    | 'day'
    | 'instant'
    | 'number'
    | 'quantity'
    | 'yuan'
    | 'yes'
    | 'choice'
    | 'choices'
    | 'words'
    | 'user'
    | 'users'
    | 'unit'
    | 'laboratory'
    | 'party';
  /** Text key; `field.<name>` where left out. */
  label?: string;
  /** Text key of a line below. */
  help?: string;
  /** Marked as one the server will ask for. */
  required?: boolean;
  /** Of choices; their labels are already words. */
  options?: readonly Choice[];
  /** Text prefix that gives choices their labels: `word.way` and `phone` make `word.way.phone`. */
  words?: { prefix: string; values: readonly string[] };
  initial?: unknown;
  rows?: number;
  autoFocus?: boolean;
  /** Shown only where the other values say so. */
  when?: (values: Record<string, unknown>) => boolean;
  /** Full width on a desk, too. */
  wide?: boolean;
};

/** Values as the API takes them: what was left empty is left out; dates are already text. */
export function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned).filter((item) => item !== undefined);
  if (value === null || typeof value !== 'object') return value === '' ? undefined : value;
  const entries = Object.entries(value)
    .map(([name, inner]) => [name, cleaned(inner)] as const)
    .filter(([, inner]) => inner !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
