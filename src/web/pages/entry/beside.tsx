import { Alert, Button, Card, Form, Tag } from 'antd';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useApi } from '../../api/hooks.ts';
import type { AnswerOf, BodyOf } from '../../api/types.ts';
import { dayOf } from '../../components/format.ts';
import { useKeys } from '../../components/keys.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import type { ApiForm } from '../../components/use-form.ts';

type Candidates = AnswerOf<'/api/parties/candidates'>;
type Candidate = Candidates['items'][number];
type Alike = AnswerOf<'/api/tips/alike'>['items'][number];
type Links = NonNullable<BodyOf<'/api/tips'>['links']>;

/** What is typed, after the letters are on the screen; undefined where it is too short to ask for. */
function useTyped(task: ApiForm, path: string[], least = 2): string | undefined {
  const value = Form.useWatch(path, task.form) as string | undefined;
  const typed = useDeferredValue(value?.trim() ?? '');
  return typed.length >= least ? typed : undefined;
}

const KEYS = [1, 2, 3] as const;

function Party({ party, at, take }: { party: Candidate; at: number; take: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <b>{party.name}</b> <Tag>{t(`entry.match.${party.match}`)}</Tag>
      <div className="quiet">{[party.uscc, party.address].filter(Boolean).join(' · ')}</div>
      <div className="action-row">
        <Button size="small" onClick={take}>
          {t('entry.take')} {at < KEYS.length && <kbd>Alt {at + 1}</kbd>}
        </Button>
        <span className="quiet">{t('entry.counts', { tips: party.tips, sources: party.sources })}</span>
      </div>
    </li>
  );
}

const CodeSaid = ({ code }: { code: Candidates['code'] }) => {
  const said = code?.problem ? [code.problem] : (code?.warnings ?? []);
  return said.map(({ code: key, message }) => <Alert key={key} type="warning" showIcon title={message} />);
};

/** Operators that are meant, perhaps; taking one fills the respondent in. */
function Parties({ task }: { task: ApiForm }) {
  const { t } = useTranslation();
  const name = useTyped(task, ['respondent', 'name']);
  const address = useTyped(task, ['respondent', 'address']);
  const { data } = useApi('/api/parties/candidates', {
    query: { ...(name ? { q: name } : {}), ...(address ? { address } : {}) },
    enabled: (name ?? address) !== undefined,
    keep: true,
  });
  const items = name || address ? (data?.items ?? []) : [];
  const take = (party: Candidate | undefined): void => {
    if (!party) return;
    const { form } = task;
    form.setFieldValue(['respondent', 'name'], party.name);
    if (party.address) form.setFieldValue(['respondent', 'address'], party.address);
    form.setFieldValue(['respondent', 'party', 'id'], party.id);
    task.onValuesChange();
  };
  useKeys(
    KEYS.map((no) => ({
      keys: `alt+${no}`,
      label: `entry.takeKey.${no}`,
      run: () => take(items[no - 1]),
      inFields: true,
    })),
  );
  return (
    <Card size="small" title={t('entry.parties')}>
      {name && <CodeSaid code={data?.code ?? null} />}
      {items.length === 0 && <span className="quiet">{t('entry.noParties')}</span>}
      <ul className="lines">
        {items.map((party, at) => (
          <Party key={party.id} party={party} at={at} take={() => take(party)} />
        ))}
      </ul>
    </Card>
  );
}

type Relation = Links[number]['relation'];

const RELATIONS = { repeat: 'entry.isRepeat', related: 'entry.isRelated' } as const;

function Tip({ tip, chosen, link }: { tip: Alike; chosen?: Relation; link: (relation: Relation) => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <Link to={`/tips/${tip.id}`} target="_blank">
        {tip.number}
      </Link>{' '}
      <StateTag kind="tip" state={tip.state} />
      <div className="quiet">
        {[tip.respondentName, tip.productName, dayOf(tip.receivedAt)].filter(Boolean).join(' · ')}
      </div>
      <div className="quiet">{tip.because.map((why) => t(`entry.because.${why}`)).join('、')}</div>
      <div className="action-row">
        {(['repeat', 'related'] as const).map((relation) => (
          <Button
            key={relation}
            size="small"
            type={chosen === relation ? 'primary' : 'default'}
            aria-pressed={chosen === relation}
            aria-label={`${t(RELATIONS[relation])} ${tip.number}`}
            onClick={() => link(relation)}
          >
            {t(RELATIONS[relation])}
          </Button>
        ))}
      </div>
    </li>
  );
}

/** Tips that may be the same matter; marking one links the new one to it as it is registered. */
function AlikeTips({ task }: { task: ApiForm }) {
  const { t } = useTranslation();
  const name = useTyped(task, ['respondent', 'name']);
  const partyId = useTyped(task, ['respondent', 'party', 'id']);
  const productName = useTyped(task, ['productName'], 1);
  const orderNo = useTyped(task, ['orderNo'], 4);
  const links = (Form.useWatch('links', { form: task.form, preserve: true }) ?? []) as Links;
  const about = { name, partyId, productName, orderNo };
  const { data } = useApi('/api/tips/alike', {
    query: Object.fromEntries(Object.entries(about).filter(([, value]) => value !== undefined)),
    enabled: [name, partyId, orderNo].some((word) => word !== undefined),
    keep: true,
  });
  const items = data?.items ?? [];
  const relationOf = (number: string) => links.find((link) => link.number === number)?.relation;
  const link = (number: string, relation: Relation): void => {
    const others = links.filter((other) => other.number !== number);
    const next = relationOf(number) === relation ? others : [...others, { number, relation }];
    task.form.setFieldValue('links', next);
    task.onValuesChange();
  };
  const first = items[0];
  useKeys([
    {
      keys: 'alt+r',
      label: 'entry.linkKey',
      run: () => first && link(first.number, 'repeat'),
      inFields: true,
    },
  ]);
  return (
    <Card size="small" title={t('entry.tips')}>
      {items.length === 0 && <span className="quiet">{t('entry.noTips')}</span>}
      <ul className="lines">
        {items.map((tip) => {
          const chosen = relationOf(tip.number);
          return (
            <Tip
              key={tip.id}
              tip={tip}
              {...(chosen ? { chosen } : {})}
              link={(relation) => link(tip.number, relation)}
            />
          );
        })}
      </ul>
      <span role="status">{links.length > 0 && t('entry.linked', { count: links.length })}</span>
    </Card>
  );
}

/** Beside the form: operators that are meant, perhaps, and what has been reported of them. */
export function Beside({ task }: { task: ApiForm }) {
  const { t } = useTranslation();
  const name = useTyped(task, ['respondent', 'name']);
  const address = useTyped(task, ['respondent', 'address']);
  const orderNo = useTyped(task, ['orderNo'], 4);
  return (
    <aside className="record-aside" aria-label={t('entry.beside')}>
      {(name ?? address ?? orderNo) === undefined ? (
        <span className="quiet">{t('entry.besideEmpty')}</span>
      ) : (
        <>
          <Parties task={task} />
          <AlikeTips task={task} />
        </>
      )}
    </aside>
  );
}
