import type { Basis } from './schemas.ts';

/** Each basis as a citation: the law, the article, the item. In the order in which a decision names them. */
const CITATIONS: readonly { basis: Basis; law: string; item: string }[] = [
  { basis: 'FSL110_4', law: '《中华人民共和国食品安全法》第一百一十条', item: '第四项' },
  { basis: 'FSL110_5', law: '《中华人民共和国食品安全法》第一百一十条', item: '第五项' },
  { basis: 'TBGD15_2', law: '《国务院关于加强食品等产品安全监督管理的特别规定》第十五条', item: '第二项' },
  { basis: 'TBGD15_3', law: '《国务院关于加强食品等产品安全监督管理的特别规定》第十五条', item: '第三项' },
  { basis: 'PQL18', law: '《中华人民共和国产品质量法》第十八条第一款', item: '第四项' },
];

/**
 * The legal basis of a decision in words, of the bases its lines stand on: each law once, its items together, e.g.
 * `《中华人民共和国食品安全法》第一百一十条第四项、第五项和《国务院…特别规定》第十五条第三项`.
 */
export function basisText(bases: ReadonlySet<string>): string {
  const byLaw = new Map<string, string[]>();
  for (const { basis, law, item } of CITATIONS) {
    if (bases.has(basis)) byLaw.set(law, [...(byLaw.get(law) ?? []), item]);
  }
  const laws = [...byLaw].map(([law, items]) => `${law}${items.join('、')}`);
  const last = laws.pop() ?? '';
  return laws.length === 0 ? last : `${laws.join('、')}和${last}`;
}
