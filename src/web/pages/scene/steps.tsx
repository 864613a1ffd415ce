import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';

const STEPS = ['items', 'seize', 'papers'] as const;

type Props = { at: (typeof STEPS)[number]; inspectionId: string };

/** The way of a seizure on the spot: what is there, what is taken, the papers. */
export function SceneSteps({ at, inspectionId }: Props) {
  const { t } = useTranslation();
  const place = STEPS.indexOf(at);
  return (
    <ol className="scene-steps no-print">
      {STEPS.map((step, n) => (
        <li key={step} aria-current={step === at ? 'step' : undefined} data-done={n < place}>
          <i aria-hidden>{n + 1}</i>
          {n < place && step !== 'papers' ? (
            <Link to={`/inspections/${inspectionId}/${step}`}>{t(`scene.step.${step}`)}</Link>
          ) : (
            <span>{t(`scene.step.${step}`)}</span>
          )}
        </li>
      ))}
    </ol>
  );
}
