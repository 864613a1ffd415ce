import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useState } from 'react';

/** A key, or two in a row (`g t`), and what it does; `label` is a text key. */
export type Hotkey = { keys: string; label: string; run: () => void; inFields?: boolean };

type Board = { add: (hotkey: Hotkey) => () => void; list: () => Hotkey[] };

const Context = createContext<Board | null>(null);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.role === 'combobox');

const nameOf = (event: KeyboardEvent): string => {
  const held = `${event.ctrlKey || event.metaKey ? 'ctrl+' : ''}${event.altKey ? 'alt+' : ''}`;
  return held + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
};

const PAUSE_MS = 900;

/** Listens to the keyboard for everything below it; a dialog in front keeps the keys of the page behind it quiet. */
export function KeysProvider({ children }: { children: ReactNode }) {
  const hotkeys = useRef<Hotkey[]>([]);
  const last = useRef({ key: '', at: 0 });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      const key = nameOf(event);
      const pair = event.timeStamp - last.current.at < PAUSE_MS ? `${last.current.key} ${key}` : '';
      last.current = { key, at: event.timeStamp };
      const typing =
        isTyping(event.target) || document.querySelector('.ant-modal-wrap, .ant-drawer-open') !== null;
      const found = hotkeys.current.findLast(
        (hotkey) => (hotkey.keys === pair || hotkey.keys === key) && (hotkey.inFields || !typing),
      );
      if (!found) return;
      event.preventDefault();
      last.current = { key: '', at: 0 };
      found.run();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  const board = useMemo<Board>(
    () => ({
      add: (hotkey) => {
        hotkeys.current.push(hotkey);
        return () => void (hotkeys.current = hotkeys.current.filter((other) => other !== hotkey));
      },
      list: () => hotkeys.current,
    }),
    [],
  );
  return <Context value={board}>{children}</Context>;
}

/** Binds keys as long as the component is shown; the newest of a key wins. */
export function useKeys(hotkeys: Hotkey[]): void {
  const board = use(Context);
  const latest = useRef(hotkeys);
  latest.current = hotkeys;
  const names = hotkeys.map(({ keys }) => keys).join('|');
  useEffect(() => {
    const removers = latest.current.map((hotkey, at) =>
      board?.add({ ...hotkey, run: () => latest.current[at]?.run() }),
    );
    return () => removers.forEach((remove) => remove?.());
  }, [board, names]);
}

/** The keys of the moment, for the page that lists them. */
export function useKeyList(): () => Hotkey[] {
  const board = use(Context);
  return () => board?.list() ?? [];
}

/** Whether something is open, with what opens and closes it. */
export function useOpen(): [boolean, () => void, () => void] {
  const [open, setOpen] = useState(false);
  return [open, () => setOpen(true), () => setOpen(false)];
}
