import type { ComponentType } from 'react';

/** A page: where it is, who may open it, and, where it stands in the navigation, under which name and group. */
export type Page = {
  path: string;
  load: () => Promise<ComponentType>;
  /** One of these permissions; anybody logged in, where there is none. */
  may?: string[];
  nav?: { key: string; group: 'work' | 'case' | 'goods' | 'paper' | 'system'; icon: string };
};

/** Every page, in the order of the navigation. */
export const PAGES: Page[] = [
  {
    path: '/',
    load: async () => (await import('./workbench/workbench-page.tsx')).WorkbenchPage,
    nav: { key: 'workbench', group: 'work', icon: 'workbench' },
  },
  {
    path: '/tips/new',
    load: async () => (await import('./entry/entry-page.tsx')).EntryPage,
    may: ['tip.register'],
    nav: { key: 'entry', group: 'work', icon: 'entry' },
  },
  {
    path: '/tips',
    load: async () => (await import('./tips/tips-page.tsx')).TipsPage,
    may: ['tip.read', 'tip.read_own'],
    nav: { key: 'tips', group: 'work', icon: 'tips' },
  },
  {
    path: '/tips/:id',
    load: async () => (await import('./tips/tip-page.tsx')).TipPage,
    may: ['tip.read', 'tip.read_own'],
  },
  {
    path: '/sources',
    load: async () => (await import('./sources/sources-page.tsx')).SourcesPage,
    may: ['source.read'],
    nav: { key: 'sources', group: 'work', icon: 'sources' },
  },
  {
    path: '/sources/:id',
    load: async () => (await import('./sources/source-page.tsx')).SourcePage,
    may: ['source.read'],
  },
  {
    path: '/parties',
    load: async () => (await import('./parties/parties-page.tsx')).PartiesPage,
    may: ['party.read'],
    nav: { key: 'parties', group: 'work', icon: 'parties' },
  },
  {
    path: '/parties/:id',
    load: async () => (await import('./parties/party-page.tsx')).PartyPage,
    may: ['party.read'],
  },
  {
    path: '/inspections',
    load: async () => (await import('./inspections/inspections-page.tsx')).InspectionsPage,
    may: ['inspection.read'],
    nav: { key: 'inspections', group: 'case', icon: 'inspections' },
  },
  {
    path: '/inspections/:id',
    load: async () => (await import('./inspections/inspection-page.tsx')).InspectionPage,
    may: ['inspection.read'],
  },
  {
    path: '/inspections/:id/items',
    load: async () => (await import('./scene/items-page.tsx')).ItemsPage,
    may: ['goods.record'],
  },
  {
    path: '/inspections/:id/seize',
    load: async () => (await import('./scene/seize-page.tsx')).SeizePage,
    may: ['measure.execute_urgent'],
  },
  {
    path: '/operations',
    load: async () => (await import('./operations/operations-page.tsx')).OperationsPage,
    may: ['operation.read'],
    nav: { key: 'operations', group: 'case', icon: 'operations' },
  },
  {
    path: '/operations/:id',
    load: async () => (await import('./operations/operation-page.tsx')).OperationPage,
    may: ['operation.read'],
  },
  {
    path: '/cases',
    load: async () => (await import('./cases/cases-page.tsx')).CasesPage,
    may: ['case.read'],
    nav: { key: 'cases', group: 'case', icon: 'cases' },
  },
  {
    path: '/cases/:id',
    load: async () => (await import('./cases/case-page.tsx')).CasePage,
    may: ['case.read'],
  },
  {
    path: '/referrals',
    load: async () => (await import('./referrals/referrals-page.tsx')).ReferralsPage,
    may: ['transfer.read', 'clue_notice.read'],
    nav: { key: 'referrals', group: 'case', icon: 'referrals' },
  },
  {
    path: '/clue-notices/:id',
    load: async () => (await import('./referrals/clue-notice-page.tsx')).ClueNoticePage,
    may: ['clue_notice.read'],
  },
  {
    path: '/transfers/:id',
    load: async () => (await import('./referrals/transfer-page.tsx')).TransferPage,
    may: ['transfer.read'],
  },
  {
    path: '/samples',
    load: async () => (await import('./samples/samples-page.tsx')).SamplesPage,
    may: ['sample.read'],
    nav: { key: 'samples', group: 'goods', icon: 'samples' },
  },
  {
    path: '/samples/:id',
    load: async () => (await import('./samples/sample-page.tsx')).SamplePage,
    may: ['sample.read'],
  },
  {
    path: '/measures',
    load: async () => (await import('./measures/measures-page.tsx')).MeasuresPage,
    may: ['measure.read'],
    nav: { key: 'measures', group: 'goods', icon: 'seizures' },
  },
  {
    path: '/measures/:id',
    load: async () => (await import('./measures/measure-page.tsx')).MeasurePage,
    may: ['measure.read'],
  },
  {
    path: '/measures/:id/papers',
    load: async () => (await import('./scene/papers-page.tsx')).ScenePapersPage,
    may: ['document.draft'],
  },
  {
    path: '/goods',
    load: async () => (await import('./goods/goods-page.tsx')).GoodsPage,
    may: ['goods.read'],
    nav: { key: 'goods', group: 'goods', icon: 'goods' },
  },
  {
    path: '/goods/:id',
    load: async () => (await import('./goods/item-page.tsx')).ItemPage,
    may: ['goods.read'],
  },
  {
    path: '/notifications',
    load: async () => (await import('./notifications/notifications-page.tsx')).NotificationsPage,
  },
  {
    path: '/search',
    load: async () => (await import('./search/search-page.tsx')).SearchPage,
  },
  {
    path: '/approvals',
    load: async () => (await import('./approvals/approvals-page.tsx')).ApprovalsPage,
    may: ['approval.read'],
    nav: { key: 'approvals', group: 'paper', icon: 'approvals' },
  },
  {
    path: '/approvals/:id',
    load: async () => (await import('./approvals/approval-page.tsx')).ApprovalPage,
    may: ['approval.read'],
  },
  {
    path: '/documents',
    load: async () => (await import('./documents/documents-page.tsx')).DocumentsPage,
    may: ['document.read'],
    nav: { key: 'documents', group: 'paper', icon: 'documents' },
  },
  {
    path: '/documents/:id',
    load: async () => (await import('./documents/document-page.tsx')).DocumentPage,
    may: ['document.read'],
  },
  {
    path: '/grid',
    load: async () => (await import('./grid/grid-page.tsx')).GridPage,
    may: ['grid.read'],
    nav: { key: 'grid', group: 'system', icon: 'grid' },
  },
  {
    path: '/laboratories',
    load: async () => (await import('./laboratories/laboratories-page.tsx')).LaboratoriesPage,
    may: ['laboratory.read'],
    nav: { key: 'laboratories', group: 'system', icon: 'laboratories' },
  },
  {
    path: '/audit',
    load: async () => (await import('./audit/audit-page.tsx')).AuditPage,
    may: ['audit.read', 'audit.verify'],
    nav: { key: 'audit', group: 'system', icon: 'audit' },
  },
  {
    path: '/settings',
    load: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
    may: ['user.create', 'role.create', 'api_key.read', 'bureau.amend'],
    nav: { key: 'settings', group: 'system', icon: 'settings' },
  },
  {
    path: '/settings/:tab',
    load: async () => (await import('./settings/settings-page.tsx')).SettingsPage,
    may: ['user.create', 'role.create', 'api_key.read', 'bureau.amend'],
  },
  {
    path: '/me/password',
    load: async () => (await import('../shell/password-page.tsx')).PasswordPage,
  },
];

/** Whether somebody with these permissions may open it. */
export const mayOpen = ({ may }: Page, has: (permission: string) => boolean): boolean =>
  may === undefined || may.some(has);
