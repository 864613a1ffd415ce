import type { ComponentType } from 'react';
import { post } from '../api/client.ts';
import type { BodyOf, PostedOf, PostPath } from '../api/types.ts';
import type { Field } from './fields.ts';

/** The thing an act is done to. */
export type Subject = { id: string; version?: number };

/** What an act is called: `serve` of a case is `case.serve`; one of another module comes with its whole name. */
export const actName = (kind: string, action: string): string =>
  action.includes('.') ? action : `${kind}.${action}`;

/** A form of its own, for acts whose values are more than a list of fields; it lies inside the form's provider. */
export type ActBody = ComponentType<{ subject: Subject }>;

type Values = Record<string, unknown>;

/** One act of a thing, as its view names it in `allowedActions`: what is asked and where it is sent. */
export type Act<R = unknown> = {
  fields: readonly Field[];
  Body?: ActBody;
  initial?: (subject: Subject) => Values;
  /** Asked for once more, in red: it cannot be taken back. */
  danger?: boolean;
  send: (subject: Subject, values: Values, key: string) => Promise<R>;
};

/** The fields a body has, also those inside an object of it. */
type NameOf<B> = B extends object
  ? {
      [K in keyof B & string]:
        | K
        | (NonNullable<B[K]> extends unknown[]
            ? never
            : NonNullable<B[K]> extends object
              ? `${K}.${keyof NonNullable<B[K]> & string}`
              : never);
    }[keyof B & string]
  : never;

type ActOptions<P extends PostPath> = {
  fields?: readonly Field<NameOf<BodyOf<P>>>[];
  Body?: ActBody;
  initial?: (subject: Subject) => Values;
  danger?: boolean;
  /** Makes the body of the values, where they differ. */
  body?: (values: Values, subject: Subject) => BodyOf<P>;
  /** Further parts of the address than `id`. */
  path?: (values: Values) => Record<string, string>;
};

/** An act sent to a path of the API; field names are checked against what the path takes. */
export const act = <P extends PostPath>(path: P, options: ActOptions<P> = {}): Act<PostedOf<P>> => ({
  fields: (options.fields ?? []) as readonly Field[],
  ...(options.Body ? { Body: options.Body } : {}),
  ...(options.initial ? { initial: options.initial } : {}),
  ...(options.danger ? { danger: true } : {}),
  send: (subject, values, key) => {
    const hasBody = options.fields !== undefined || options.Body !== undefined || options.body !== undefined;
    const body = options.body ? options.body(values, subject) : (values as BodyOf<P>);
    const parts = { id: subject.id, ...options.path?.(values) };
    return post(path, hasBody ? body : undefined, { path: parts, key, version: subject.version });
  },
});
