import type { paths, Problem } from './openapi.ts';

export type { paths, Problem };

type Json<T> = T extends { content: { 'application/json': infer J } } ? J : never;

/** Paths by what may be done with them. */
export type GetPath = { [P in keyof paths]: paths[P] extends { get: unknown } ? P : never }[keyof paths];
export type PostPath = { [P in keyof paths]: paths[P] extends { post: unknown } ? P : never }[keyof paths];

/** What a GET answers. */
export type AnswerOf<P extends GetPath> = paths[P] extends { get: { responses: { 200: infer R } } }
  ? Json<R>
  : never;
/** A row of a list. */
export type RowOf<P extends GetPath> = AnswerOf<P> extends { items: (infer R)[] } ? R : never;
/** The filters of a list. */
export type QueryOf<P extends GetPath> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? Exclude<Q, undefined>
  : never;
/** What a POST takes. */
export type BodyOf<P extends PostPath> = paths[P] extends { post: { requestBody?: infer B } }
  ? Json<Exclude<B, undefined>>
  : never;
/** What a POST answers. */
export type PostedOf<P extends PostPath> = paths[P] extends { post: { responses: infer R } }
  ? R extends { 200: infer A }
    ? Json<A>
    : R extends { 201: infer A }
      ? Json<A>
      : never
  : never;

/** An action of a thing as the server allows or bars it. */
export type Allowed = {
  action: string;
  allowed: boolean;
  code?: string;
  reason?: string;
  gate?: string;
  article?: string;
};
