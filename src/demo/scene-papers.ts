import type { Stage } from './narrator.ts';
import { collectPapers } from './paper.ts';
import type { Plot } from './plot.ts';

/** The eight papers of the story, issued on the days they were needed, as PDFs in `out/`. */
export async function papers(stage: Stage, plot: Plot, out: string): Promise<void> {
  const written = await stage.act<{ name: string; pages: number | null }[]>(
    {
      at: '2024-03-21T15:00:00+08:00',
      who: 'intake_officer',
      what: '文书存入 out/ writes the papers to out/',
    },
    async (me) => ({
      status: 200,
      headers: new Headers(),
      body: await collectPapers(me, plot.documents, out),
    }),
  );
  for (const { name, pages } of written) stage.note(`out/${name}（${pages ?? '?'} 页 pages）`);
  stage.holds('文书 papers', written.length, 8);
}
