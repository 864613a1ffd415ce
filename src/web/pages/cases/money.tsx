import { useTranslation } from 'react-i18next';
import type { Fact } from '../../components/record-page.tsx';
import { word } from '../../components/format.ts';
import type { Track } from './fine-rows.tsx';

/** An amount as the API gives it. */
export type Money = Track['total']['range']['min'];

/** An amount in figures, and in words where it counts. */
export const Yuan = ({ of, words = false }: { of: Money; words?: boolean }) => (
  <span className="number">
    ¥{of.figures}
    {words && of.capitals && <span className="quiet"> {of.capitals}</span>}
  </span>
);

/** From … to …. */
export const Range = ({ of }: { of: { min: Money; max: Money } | null }) =>
  of && (
    <span className="number">
      ¥{of.min.figures} – ¥{of.max.figures}
    </span>
  );

/** Whether there is anything of it. */
export const isSome = ({ exactFen }: Money): boolean => exactFen !== '0';

type Punished = Pick<
  Track['proposals'][number],
  | 'fines'
  | 'fine'
  | 'gains'
  | 'goods'
  | 'goodsText'
  | 'others'
  | 'orderToCorrect'
  | 'education'
  | 'otherAgency'
>;

/** The fine, act by act where there are several, with the reason for what lies outside of the band. */
function Fines({ of }: { of: Punished }) {
  const { t } = useTranslation();
  return (
    <>
      <Yuan of={of.fine} words />
      {of.fines.map(({ violationId, actNo, fine, reason }) =>
        of.fines.length > 1 || reason ? (
          <div key={violationId} className="quiet">
            {t('penalty.act', { no: actNo })} <Yuan of={fine} /> {reason}
          </div>
        ) : null,
      )}
    </>
  );
}

/** What a notice or a decision punishes with, as facts. */
export const punishment = (of: Punished): Fact[] => [
  { label: 'field.fine', value: isSome(of.fine) && <Fines of={of} />, wide: true },
  { label: 'field.gainsFen', value: isSome(of.gains) && <Yuan of={of.gains} words />, wide: true },
  {
    label: 'field.goodsText',
    value: of.goodsText && (
      <>
        {of.goodsText} {isSome(of.goods) && <Yuan of={of.goods} />}
      </>
    ),
    wide: true,
  },
  {
    label: 'penalty.beside',
    value: of.others.map(({ kind, text }) => `${word('word.otherPenalty', kind)}：${text}`).join('；'),
    wide: true,
  },
  { label: 'field.orderToCorrect', value: of.orderToCorrect, wide: true },
  { label: 'field.education', value: of.education, wide: true },
  { label: 'field.otherAgency', value: of.otherAgency, wide: true },
];
