import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { queries } from './api/hooks.ts';
import { startTexts } from './i18n.ts';
import { Look } from './look.tsx';
import { router } from './router.tsx';
import { SessionProvider } from './session.tsx';
import './styles.css';

await startTexts();
createRoot(document.getElementById('root')!).render(
  <QueryClientProvider client={queries}>
    <Look>
      <SessionProvider>
        <RouterProvider router={router} />
      </SessionProvider>
    </Look>
  </QueryClientProvider>,
);
