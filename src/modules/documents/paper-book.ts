import type { Actor, Ctx, TxCtx } from '../../context.ts';
import type { Day } from '../../shared/clock.ts';
import { notFound, unprocessable } from '../../shared/errors.ts';
import type { PaperSigner } from './signers.ts';

/** What builds a paper from the record it is about. */
export type Paper = {
  subjectKind: string;
  /**
   * The blanks as far as the record fills them, by the day the paper will bear. 404 where the record is not of the
   * actor's bureau.
   */
  build(ctx: Ctx | TxCtx, bureauId: string, subjectId: string, day: Day): Promise<Record<string, unknown>>;
  /**
   * The permission it takes besides those of papers, for a paper that names the reporter: its content is sealed at
   * rest and each look at it is audited.
   */
  permission?: string;
  /** Blanks filled by hand where the record is silent; what the record says of them stands. */
  open?: readonly string[];
  /** Blanks for which the record only proposes something: how many copies, whom to call. All others are the record's. */
  proposed?: readonly string[];
  /** Whom the record names to sign it: only these officers may, the others are proposed. None: it is not signed on glass. */
  signers?: (ctx: Ctx | TxCtx, subjectId: string) => Promise<PaperSigner[]>;
  /** The day of the act the paper tells of: it bears none before. Null where the record knows none. */
  since(ctx: Ctx | TxCtx, subjectId: string): Promise<Day | null>;
};

/** Paper kind → its builder: the one list is src/papers.ts. */
export type PaperBook = Readonly<Record<string, Paper>>;

/** The builder of a kind about this kind of thing. 422 `document.unknown_kind`. */
export function paperFor(papers: PaperBook, kind: string, subjectKind: string): Paper {
  const paper = Object.hasOwn(papers, kind) ? papers[kind] : undefined;
  if (!paper || paper.subjectKind !== subjectKind)
    throw unprocessable('document.unknown_kind', { kind, subjectKind });
  return paper;
}

/** The kinds an actor must not see: they stay out of every list, and are not there when asked for. */
export const hiddenKinds = (papers: PaperBook, actor: Actor): string[] =>
  Object.entries(papers)
    .filter(([, { permission }]) => permission !== undefined && !actor.permissions.has(permission))
    .map(([kind]) => kind);

/** 404 for a kind the actor must not see. */
export function requireKind(papers: PaperBook, actor: Actor, kind: string): void {
  if (hiddenKinds(papers, actor).includes(kind)) throw notFound();
}

/** Whether papers of the kind name the reporter. */
export const isConfidential = (papers: PaperBook, kind: string): boolean =>
  Object.hasOwn(papers, kind) && papers[kind]?.permission !== undefined;
