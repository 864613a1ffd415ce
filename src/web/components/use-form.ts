import { Form, type FormInstance } from 'antd';
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useBlocker } from 'react-router';
import { useWrite } from '../api/hooks.ts';
import { problemOf } from '../api/problem.ts';
import type { Problem } from '../api/types.ts';
import { useMe } from '../session.tsx';
import { dropDraft, keepDraft, readDraft } from './draft.ts';
import { cleaned } from './fields.ts';

type Values = Record<string, unknown>;
type Path = (string | number)[];

/** `sites.0.address` as the form names it. */
const pathOf = (field: string): Path =>
  field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** A key for one act: the same values sent twice are one act, changed values another. */
export async function keyOf(nonce: string, body: unknown): Promise<string> {
  const text = new TextEncoder().encode(nonce + JSON.stringify(body ?? null));
  // Without a secure context there is no digest; the nonce alone still keeps a double click to one.
  if (!crypto.subtle) return `${nonce}-${text.length}`;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  return Array.from(hash.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

export const newNonce = (): string =>
  [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join('');

/** The longest beginning of `path` under which the form has an input; undefined where it has none. */
function knownPath(form: FormInstance, path: Path): Path | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const part = path.slice(0, length);
    if (form.getFieldInstance(part) !== undefined) return part;
  }
  return undefined;
}

/** Puts the refusals beside their fields and the cursor into the first; answers with those that have no field. */
function showErrors(form: FormInstance, problem: Problem): Problem {
  const errors = problem.errors ?? [];
  const placed = errors.map((error) => ({ ...error, path: knownPath(form, pathOf(error.field)) }));
  form.setFields(placed.flatMap(({ path, message }) => (path ? [{ name: path, errors: [message] }] : [])));
  const first = placed.find(({ path }) => path)?.path;
  if (first) form.scrollToField(first, { focus: true, block: 'center' });
  return { ...problem, errors: placed.filter(({ path }) => !path) };
}

/** How a form is sent, and what becomes of it. */
export type FormTask<R> = {
  /** Where the draft is kept: one of each act on each thing. */
  draft: string;
  send: (values: Values, key: string) => Promise<R>;
  onDone: (result: R) => void;
  initial?: Values;
};

/** Asks before the page with half-typed work is left; the draft itself is kept either way. */
export function useLeaveGuard(isDirty: RefObject<boolean>) {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (isDirty.current) event.preventDefault();
    };
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  // Read when it happens: what was just sent leads away in the same moment.
  return useBlocker(
    ({ currentLocation, nextLocation }) =>
      isDirty.current && currentLocation.pathname !== nextLocation.pathname,
  );
}

/** A form of the API: drafts, one act per click however often it is clicked, refusals beside their fields. */
export function useApiForm<R>({ draft, send, onDone, initial = {} }: FormTask<R>) {
  const [form] = Form.useForm<Values>();
  const me = useMe();
  const key = `${me.id}.${draft}`;
  const [kept] = useState(() => readDraft<Values>(key));
  const [restored, setRestored] = useState(kept !== undefined);
  const [problem, setProblem] = useState<Problem>();
  const dirty = useRef(kept !== undefined);
  const nonce = useRef(newNonce());
  const busy = useRef(false);
  const write = useWrite(async (values: Values) => {
    const result = await send(values, await keyOf(nonce.current, values));
    // Before what is shown is read again: a form that is drawn up anew by it must not find the draft of what was sent.
    dropDraft(key);
    dirty.current = false;
    return result;
  });
  const blocker = useLeaveGuard(dirty);
  const onValuesChange = useCallback(() => {
    dirty.current = true;
    keepDraft(key, form.getFieldsValue(true));
  }, [form, key]);
  const discard = useCallback(() => {
    dropDraft(key);
    setRestored(false);
    dirty.current = false;
    form.resetFields();
    form.setFieldsValue(initial);
  }, [form, key, initial]);
  const submit = async (): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setProblem(undefined);
    form.setFields(
      form
        .getFieldsError()
        .filter(({ errors }) => errors.length > 0)
        .map(({ name }) => ({ name, errors: [] })),
    );
    try {
      const result = await write.mutateAsync((cleaned(form.getFieldsValue(true)) ?? {}) as Values);
      nonce.current = newNonce();
      onDone(result);
    } catch (error) {
      const refusal = problemOf(error);
      if (!refusal) throw error;
      setProblem(showErrors(form, refusal));
    } finally {
      busy.current = false;
    }
  };
  return {
    form,
    initialValues: { ...initial, ...kept },
    problem,
    restored,
    discard,
    submit: () => void submit(),
    busy: write.isPending,
    onValuesChange,
    blocker,
    clearProblem: () => setProblem(undefined),
  };
}

export type ApiForm = ReturnType<typeof useApiForm>;
