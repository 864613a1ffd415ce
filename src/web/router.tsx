import { createBrowserRouter } from 'react-router';
import { Shell } from './shell/shell.tsx';
import { ErrorPage, NotFoundPage } from './shell/error-page.tsx';
import { PAGES } from './pages/pages.tsx';

/** Every address of the screens; what is behind one is loaded when it is first opened. */
export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <ErrorPage />,
    hydrateFallbackElement: <></>,
    children: [
      ...PAGES.map(({ path, load }) => ({
        path,
        lazy: async () => ({ Component: await load() }),
        errorElement: <ErrorPage />,
      })),
      { path: '*', element: <NotFoundPage /> },
    ],
  },
]);
