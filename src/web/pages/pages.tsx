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
    path: '/tips',
    load: async () => (await import('./tips/tips-page.tsx')).TipsPage,
    may: ['tip.read'],
    nav: { key: 'tips', group: 'work', icon: 'tips' },
  },
  {
    path: '/tips/:id',
    load: async () => (await import('./tips/tip-page.tsx')).TipPage,
    may: ['tip.read'],
  },
];

/** Whether somebody with these permissions may open it. */
export const mayOpen = ({ may }: Page, has: (permission: string) => boolean): boolean =>
  may === undefined || may.some(has);
