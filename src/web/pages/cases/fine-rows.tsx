import { Divider, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/types.ts';
import { FormFields } from '../../components/form-fields.tsx';

export type Track = AnswerOf<'/api/cases/{id}/penalty'>;

/** A fine as it is typed: left empty it is none. */
type Typed = { violationId: string; fineFen?: number; reason?: string };

/** The lines of a body: those with an amount. */
export const typedFines = (values: Record<string, unknown>): (Typed & { fineFen: number })[] =>
  ((values['fines'] ?? []) as Typed[]).filter(
    (line): line is Typed & { fineFen: number } => line.fineFen !== undefined,
  );

const money = ({ min, max }: { min: { figures: string }; max: { figures: string } }): string =>
  `¥${min.figures} – ¥${max.figures}`;

/** What the law and the tier of discretion leave for an act. */
function Limits({ act }: { act: Track['acts'][number] }) {
  const { t } = useTranslation();
  return (
    <p className="quiet">
      {act.article}
      {act.range && ` · ${t('case.range')} ${money(act.range)}`}
      {act.band && ` · ${t(`word.tier.${act.tier}`)} ${money(act.band)}`}
    </p>
  );
}

/** The fine of each act, beside what the law leaves for it. */
export function FineRows({ track }: { track: Track }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance();
  return (
    <>
      <Divider titlePlacement="start">{t('field.fines')}</Divider>
      <Form.List name="fines">
        {(rows) => (
          <>
            {rows.map(({ key, name }) => {
              const id = form.getFieldValue(['fines', name, 'violationId']) as string;
              const act = track.acts.find(({ violationIds }) => violationIds.includes(id));
              return (
                <section key={key} className="result-row">
                  <header>
                    <b>{t('penalty.act', { no: act?.actNo ?? name + 1 })}</b>
                  </header>
                  {act && <Limits act={act} />}
                  <FormFields
                    at={[name]}
                    fields={[
                      { name: 'fineFen', kind: 'yuan', label: 'field.fine' },
                      { name: 'reason', kind: 'line', wide: true, help: 'penalty.bandHelp' },
                    ]}
                  />
                </section>
              );
            })}
          </>
        )}
      </Form.List>
    </>
  );
}
