import { Card, Tag } from 'antd';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { word } from '../../components/format.ts';
import { prose } from '../../components/record-page.tsx';
import { StateTag } from '../../components/state-tag.tsx';
import { isSome, Yuan } from './money.tsx';
import type { Account } from './payment-acts.ts';
import { Services } from './services.tsx';

/** What is owed, paid and open of each sum. */
function Sums({ of }: { of: Account }) {
  const { t } = useTranslation();
  const filled = of.sums.filter(({ owed, paid }) => isSome(owed) || isSome(paid));
  return (
    <table className="sums">
      <thead>
        <tr>
          <th>{t('field.purpose')}</th>
          <th>{t('penalty.owed')}</th>
          <th>{t('penalty.paid')}</th>
          <th>{t('penalty.open')}</th>
        </tr>
      </thead>
      <tbody>
        {filled.map(({ purpose, owed, paid, open }) => (
          <tr key={purpose}>
            <td>{word('word.paymentPurpose', purpose)}</td>
            <td>
              <Yuan of={owed} />
            </td>
            <td>
              <Yuan of={paid} />
            </td>
            <td className={isSome(open) ? 'owing' : ''}>
              <Yuan of={open} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A part of the card with its heading; nothing where it is empty. */
function Part({ title, items }: { title: string; items: ReactNode[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{t(title)}</h3>
      <ul className="lines">{items}</ul>
    </section>
  );
}

/** How the surcharge comes about, step by step. */
function SurchargeSteps({ of }: { of: NonNullable<Account['surcharge']> }) {
  const { t } = useTranslation();
  if (of.arithmetic.length === 0) return null;
  return (
    <section>
      <h3>{t('penalty.surchargeAsOf', { day: of.asOf })}</h3>
      <ul className="lines">
        {of.arithmetic.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <div className="quiet">{of.article}</div>
    </section>
  );
}

const PaidLine = ({ of }: { of: Account['payments'][number] }) => (
  <li className={of.voidReason === null ? '' : 'struck'}>
    {of.paidOn} {word('word.paymentPurpose', of.purpose)} <Yuan of={of.amount} />
    <div className="quiet">
      {word('word.paymentWay', of.way)} · {of.receipt} {of.voidReason}
    </div>
  </li>
);

function PlanLine({ of }: { of: Account['plans'][number] }) {
  const { t } = useTranslation();
  return (
    <li>
      {of.approvalId ? <Link to={`/approvals/${of.approvalId}`}>{of.appliedOn}</Link> : of.appliedOn}{' '}
      <StateTag kind="payment_plan" state={of.state} /> {of.reason}
      {of.instalments.map(({ dueOn, amount }) => (
        <div key={dueOn}>
          {dueOn} <Yuan of={amount} />
        </div>
      ))}
      {of.toldOn && <div className="quiet">{t('penalty.told', { day: of.toldOn })}</div>}
    </li>
  );
}

function StopLine({ of }: { of: Account['stops'][number] }) {
  const { t } = useTranslation();
  return (
    <li>
      <Tag>{word('word.stopGround', of.ground)}</Tag> {of.fromOn} – {of.toOn ?? t('penalty.ongoing')}{' '}
      {of.body} {of.number}
    </li>
  );
}

const DemandLine = ({ of }: { of: Account['demands'][number] }) => (
  <li>
    {of.madeOn} {of.number}
    {prose(of.duties)}
    <Services services={of.services} />
    {of.answer && prose(of.answer)}
  </li>
);

const CourtLine = ({ of }: { of: Account['applications'][number] }) => (
  <li>
    {of.appliedOn} {of.court} <StateTag kind="court_application" state={of.state} />
    {prose(of.requests)}
    {of.ruling && (
      <div>
        {of.answeredOn} {of.ruling}
      </div>
    )}
  </li>
);

/** What is to be paid and what came in; how the surcharge comes about; what was done where nothing came. */
export function PaymentCard({ of }: { of: Account }) {
  const { t } = useTranslation();
  const hasMoney = useMemo(() => of.sums.some(({ owed, paid }) => isSome(owed) || isSome(paid)), [of]);
  if (!of.decision || !hasMoney) return null;
  return (
    <Card size="small" title={t('penalty.money')}>
      <Sums of={of} />
      {of.surcharge && <SurchargeSteps of={of.surcharge} />}
      <Part
        title="penalty.payments"
        items={of.payments.map((one) => (
          <PaidLine key={one.id} of={one} />
        ))}
      />
      <Part
        title="penalty.plans"
        items={of.plans.map((one) => (
          <PlanLine key={one.id} of={one} />
        ))}
      />
      <Part
        title="penalty.stops"
        items={of.stops.map((one) => (
          <StopLine key={one.fromOn} of={one} />
        ))}
      />
      <Part
        title="penalty.demands"
        items={of.demands.map((one) => (
          <DemandLine key={one.id} of={one} />
        ))}
      />
      <Part
        title="penalty.applications"
        items={of.applications.map((one) => (
          <CourtLine key={one.id} of={one} />
        ))}
      />
    </Card>
  );
}
