/** Where the page of a kind of thing is. */
const PATHS: Record<string, string> = {
  tip: '/tips',
  source: '/sources',
  case: '/cases',
  party: '/parties',
  inspection: '/inspections',
  operation: '/operations',
  sample: '/samples',
  measure: '/measures',
  goods: '/goods',
  clue_notice: '/clue-notices',
  transfer: '/transfers',
  approval: '/approvals',
  document: '/documents',
  laboratory: '/laboratories',
  user: '/settings/users',
};

/** The address of a thing's page; the start where it has none. */
export const linkOf = ({ kind, id }: { kind: string; id: string }): string =>
  PATHS[kind] ? `${PATHS[kind]}/${id}` : '/';
