import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './client.ts';
import type { Stage } from './narrator.ts';

type Paper = {
  id: string;
  state: string;
  number: string | null;
  pages: number | null;
  titleZh: string;
  problems: unknown[];
};

/** What paper is wanted, about what, when and by whom; `overrides` fill what the record does not say. */
export type Wanted = {
  at: string;
  who: string;
  kind: string;
  form: string;
  subject: { kind: string; id: string };
  overrides?: Record<string, unknown>;
};

/** Drafts and issues a paper; answers its id. */
export async function issuePaper(stage: Stage, wanted: Wanted): Promise<string> {
  const { at, who, kind, form, subject, overrides } = wanted;
  const draft = await stage.act<Paper>({ at, who, what: `起草文书 drafts ${form}` }, (me) =>
    me.post('/api/documents', {
      kind,
      subjectKind: subject.kind,
      subjectId: subject.id,
      ...(overrides ? { overrides } : {}),
    }),
  );
  if (draft.problems.length > 0) stage.note(JSON.stringify(draft.problems));
  const issued = await stage.act<Paper>({ at, who, what: `签发 issues《${draft.titleZh}》${form}` }, (me) =>
    me.post(`/api/documents/${draft.id}/issue`, {}),
  );
  return issued.id;
}

const DRAWN_WITHIN_MS = 30_000;

/** A paper is drawn after its issue, in a thread of its own: waits for it and answers the PDF. */
async function drawn(me: Client, id: string): Promise<{ paper: Paper; pdf: Buffer }> {
  const until = performance.now() + DRAWN_WITHIN_MS;
  for (;;) {
    const { body: paper } = await me.get<Paper>(`/api/documents/${id}`);
    if (paper.state === 'issued') return { paper, pdf: await me.download(`/api/documents/${id}/content`) };
    if (performance.now() > until) throw new Error(`paper ${id} is still ${paper.state}`);
    await wait(50);
  }
}

/** Writes every issued paper into `out`, named by its form; answers the file names with their pages. */
export async function collectPapers(
  me: Client,
  papers: Record<string, string>,
  out: string,
): Promise<{ name: string; pages: number | null }[]> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const written = [];
  for (const [form, id] of Object.entries(papers)) {
    const { paper, pdf } = await drawn(me, id);
    const name = `${form}-${paper.titleZh.replaceAll('/', '、')}.pdf`;
    await writeFile(join(out, name), pdf);
    written.push({ name, pages: paper.pages });
  }
  return written;
}
