import type { ReactNode } from 'react';

type Props = { sign: ReactNode; title: string; detail: string; children: ReactNode };

/** Where a way ends: what has happened, what it means, and the ways on. In the first load, so without pictures. */
export const DeadEnd = ({ sign, title, detail, children }: Props) => (
  <section className="dead-end">
    <p className="dead-end-sign number" aria-hidden>
      {sign}
    </p>
    <h1>{title}</h1>
    <p className="quiet">{detail}</p>
    <div className="ways">{children}</div>
  </section>
);
