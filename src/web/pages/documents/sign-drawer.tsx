import { Alert, App, AutoComplete, Button, Drawer, Form, Input, Segmented, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { patch, post } from '../../api/client.ts';
import { useWrite } from '../../api/hooks.ts';
import { problemOf } from '../../api/problem.ts';
import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { ProblemAlert } from '../../components/problem.tsx';
import { SignPad, type Strokes } from '../../components/sign-pad.tsx';
import { useNarrow } from '../../shell/narrow.ts';

export type Signing = AnswerOf<'/api/documents/{id}/signatures'>;
type Role = keyof Signing['places'];

const ROLES: Role[] = ['party', 'officer', 'witness'];

/** As what somebody may still sign. */
export const freeRoles = ({ places, items }: Signing): Role[] =>
  ROLES.filter((role) => items.filter((one) => one.role === role && !one.withdrawnAt).length < places[role]);

type Who = { role: Role; userId: string | undefined; name: string; capacity: string };

/** Whom the record names for a role and who has not signed yet. */
const waiting = ({ signers, items }: Signing, role: Role): Signing['signers'] =>
  signers.filter(
    (one) => one.role === role && !items.some(({ name, withdrawnAt }) => name === one.name && !withdrawnAt),
  );

function firstOf(signing: Signing, role = freeRoles(signing)[0] ?? 'party'): Who {
  const [next] = waiting(signing, role);
  return {
    role,
    userId: next?.userId ?? undefined,
    name: next?.name ?? '',
    capacity: next?.capacity ?? '',
  };
}

type Entry = { who: Who; refuses: boolean; note: string; strokes: Strokes };

function send({ documentId, version }: Signing, { who, refuses, note, strokes }: Entry): Promise<Signing> {
  const options = { path: { id: documentId }, version };
  const { role, userId, name } = who;
  const capacity = who.capacity.trim() === '' ? {} : { capacity: who.capacity };
  if (refuses) return post('/api/documents/{id}/refusals', { name, note, ...capacity }, options);
  const body = role === 'officer' ? { role, userId, strokes } : { role, name, strokes, ...capacity };
  return post('/api/documents/{id}/signatures', body as BodyOf<'/api/documents/{id}/signatures'>, options);
}

/** Signs, and draws the paper up anew where its record has changed meanwhile: it is then read through once more. */
function useSign(onDone: (signing: Signing) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return useWrite(async ({ signing, entry }: { signing: Signing; entry: Entry }) => {
    try {
      const done = await send(signing, entry);
      void message.success(t(entry.refuses ? 'sign.refusalKept' : 'sign.kept', { name: entry.who.name }));
      onDone(done);
    } catch (error) {
      if (problemOf(error)?.code !== 'document.behind_record') throw error;
      await patch('/api/documents/{id}', { data: {} }, { path: { id: signing.documentId } });
      void message.warning(t('sign.renewed'), 8);
    }
  });
}

type PartProps = { signing: Signing; entry: Entry; onChange: (changes: Partial<Entry>) => void };

/** Who it is: an officer of the paper, or a name and as what. */
function WhoFields({ signing, entry, onChange }: PartProps) {
  const { t } = useTranslation();
  const { who } = entry;
  const set = (changes: Partial<Who>): void => onChange({ who: { ...who, ...changes } });
  const named = waiting(signing, who.role);
  if (who.role === 'officer')
    return (
      <Form.Item label={t('sign.officer')} htmlFor="sign-officer" required>
        <Select
          id="sign-officer"
          value={who.userId ?? null}
          options={named.map(({ userId, name }) => ({ value: userId, label: name }))}
          onChange={(userId: string) =>
            set({ userId, name: named.find((one) => one.userId === userId)?.name ?? '' })
          }
        />
      </Form.Item>
    );
  return (
    <div className="sign-who">
      <Form.Item label={t('sign.name')} htmlFor="sign-name" required>
        <AutoComplete
          id="sign-name"
          value={who.name}
          options={named.map(({ name }) => ({ value: name }))}
          onChange={(name: string) =>
            set({ name, capacity: named.find((one) => one.name === name)?.capacity ?? who.capacity })
          }
        />
      </Form.Item>
      <Form.Item label={t('sign.capacity')} htmlFor="sign-capacity" required={who.role === 'party'}>
        <AutoComplete
          id="sign-capacity"
          value={who.capacity}
          options={t(`sign.capacities.${who.role}`)
            .split('、')
            .map((value) => ({ value }))}
          onChange={(capacity: string) => set({ capacity })}
        />
      </Form.Item>
    </div>
  );
}

/** The pad, or the words in its place where the party would not sign. */
function Hand({ signing, entry, onChange }: PartProps) {
  const { t } = useTranslation();
  const mayRefuse = signing.allowedActions.some(
    ({ action, allowed }) => action === 'record_refusal' && allowed,
  );
  return (
    <>
      {entry.who.role === 'party' && mayRefuse && (
        <Form.Item label={t('sign.refuses')} htmlFor="sign-refuses" layout="horizontal">
          <Switch
            id="sign-refuses"
            checked={entry.refuses}
            onChange={(refuses) => onChange({ refuses, strokes: [] })}
          />
        </Form.Item>
      )}
      {entry.refuses ? (
        <Form.Item label={t('sign.note')} htmlFor="sign-note" required extra={t('sign.noteHelp')}>
          <Input.TextArea
            id="sign-note"
            rows={4}
            maxLength={300}
            value={entry.note}
            onChange={({ target }) => onChange({ note: target.value })}
          />
        </Form.Item>
      ) : (
        <>
          <SignPad value={entry.strokes} onChange={(strokes) => onChange({ strokes })} />
          <div className="action-row">
            <Button
              disabled={entry.strokes.length === 0}
              onClick={() => onChange({ strokes: entry.strokes.slice(0, -1) })}
            >
              {t('sign.undo')}
            </Button>
            <Button disabled={entry.strokes.length === 0} onClick={() => onChange({ strokes: [] })}>
              {t('sign.clear')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}

const entryFor = (who: Who): Entry => ({ who, refuses: false, note: '', strokes: [] });

function isWhole({ who, refuses, note, strokes }: Entry): boolean {
  if (who.name.trim() === '') return false;
  if (refuses) return note.trim() !== '';
  return strokes.length > 0 && (who.role !== 'party' || who.capacity.trim() !== '');
}

/** One after the other signs on the glass, until all have or it is closed. What was written is kept nowhere but there. */
export function SignDrawer({ signing, onClose }: { signing: Signing; onClose: () => void }) {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const [entry, setEntry] = useState(() => entryFor(firstOf(signing)));
  const sign = useSign((done) => {
    if (freeRoles(done).length === 0) onClose();
    else setEntry(entryFor(firstOf(done)));
  });
  const change = (changes: Partial<Entry>): void => setEntry((before) => ({ ...before, ...changes }));
  const part = { signing, entry, onChange: change };
  return (
    <Drawer
      open
      onClose={onClose}
      title={t('action.document.sign')}
      size={narrow ? '100%' : 560}
      placement={narrow ? 'bottom' : 'right'}
      mask={{ closable: false }}
      footer={
        <div className="drawer-foot">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button
            type="primary"
            disabled={!isWhole(entry)}
            loading={sign.isPending}
            onClick={() => sign.mutate({ signing, entry })}
          >
            {t(entry.refuses ? 'action.document.record_refusal' : 'sign.confirm')}
          </Button>
        </div>
      }
    >
      <ProblemAlert problem={problemOf(sign.error)} />
      <Form layout="vertical">
        <Form.Item>
          <Segmented<Role>
            block
            aria-label={t('sign.as')}
            value={entry.who.role}
            options={freeRoles(signing).map((role) => ({ value: role, label: t(`word.signer.${role}`) }))}
            onChange={(role) => setEntry(entryFor(firstOf(signing, role)))}
          />
        </Form.Item>
        <WhoFields {...part} />
        <Hand {...part} />
      </Form>
      <Alert className="below" type="info" title={t('sign.what')} />
    </Drawer>
  );
}
