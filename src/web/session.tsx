import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { get, post, setCsrfToken, setOnExpired } from './api/client.ts';
import { problemOf } from './api/problem.ts';
import type { AnswerOf } from './api/types.ts';
import { dropDrafts } from './components/draft.ts';

export type Me = AnswerOf<'/api/me'>;

type State = { status: 'loading' | 'out' | 'in' | 'away'; me: Me | null; expired: boolean };

type Session = State & {
  may: (permission: string) => boolean;
  logIn: (login: string, password: string) => Promise<void>;
  logOut: (everywhere: boolean) => Promise<void>;
  reload: () => Promise<void>;
};

const Context = createContext<Session | null>(null);

/** Who is logged in, and what he may do. */
export function useSession(): Session {
  const session = use(Context);
  if (!session) throw new Error('no session around');
  return session;
}

/** The person logged in: pages are shown to nobody else. */
export function useMe(): Me {
  const { me } = useSession();
  if (!me) throw new Error('nobody is logged in');
  return me;
}

/** The name he logged in with, for this tab to ask him again by. */
const LOGIN = 'shian.login';
export const keptLogin = (): string | undefined => sessionStorage.getItem(LOGIN) ?? undefined;

const OUT: State = { status: 'out', me: null, expired: false };

async function readMe(): Promise<State> {
  try {
    const me = await get('/api/me');
    setCsrfToken(me.csrfToken);
    return { status: 'in', me, expired: false };
  } catch (error) {
    return problemOf(error)?.status === 401 ? OUT : { ...OUT, status: 'away' };
  }
}

/** Those who wait for a new log-in while a page with half-typed work stays open. */
function useExpiry(setState: (change: (state: State) => State) => void) {
  const waiting = useRef<((done: boolean) => void)[]>([]);
  useEffect(
    () =>
      setOnExpired(
        () =>
          new Promise((resolve) => {
            waiting.current.push(resolve);
            setState((state) => ({ ...state, expired: true }));
          }),
      ),
    [setState],
  );
  return useCallback((done: boolean) => {
    for (const resolve of waiting.current.splice(0)) resolve(done);
  }, []);
}

/** Keeps who is logged in; an ended session leaves the page as it is and asks for the password over it. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [state, setState] = useState<State>({ status: 'loading', me: null, expired: false });
  const settle = useExpiry(setState);
  const client = useQueryClient();
  const reload = useCallback(async () => setState(await readMe()), []);
  useEffect(() => void reload(), [reload]);
  const logIn = useCallback(
    async (login: string, password: string) => {
      const { csrfToken } = await post('/api/login', { login, password });
      setCsrfToken(csrfToken);
      sessionStorage.setItem(LOGIN, login);
      const before = state.me?.id;
      const next = await readMe();
      // Somebody else's half-typed work is not his to see.
      if (before && next.me?.id !== before) {
        dropDrafts();
        location.assign('/');
        return;
      }
      setState(next);
      settle(true);
    },
    [settle, state.me?.id],
  );
  const logOut = useCallback(
    async (everywhere: boolean) => {
      await post(everywhere ? '/api/logout-everywhere' : '/api/logout', undefined).catch(() => undefined);
      dropDrafts();
      setCsrfToken(null);
      client.clear();
      settle(false);
      setState(OUT);
    },
    [client, settle],
  );
  const value = useMemo(
    () => ({
      ...state,
      may: (permission: string) => state.me?.permissions.includes(permission) ?? false,
      logIn,
      logOut,
      reload,
    }),
    [state, logIn, logOut, reload],
  );
  return <Context value={value}>{children}</Context>;
}
