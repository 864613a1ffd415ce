import { type Locale, text } from '../../i18n/index.ts';
import type { ClockView } from '../deadlines/index.ts';
import type { CaseDetail } from './schemas.ts';

type Alarm = CaseDetail['alarms'][number];

const isOpen = ({ state }: ClockView): boolean => state === 'running' || state === 'paused';
const isSeizure = ({ rule }: ClockView): boolean => rule === 'S04' || rule === 'S04f';

/**
 * The clocks of a case and of what it seized, held together: a seizure whose last day has passed must be released
 * (ACL 28(1)(4)); one that ends inside the time of the case asks for its decision before the case does.
 */
export function seizureAlarms(
  clocks: readonly ClockView[],
  { measures }: Pick<CaseDetail, 'measures'>,
  locale: Locale,
): Alarm[] {
  const inForce = new Set(measures.filter(({ state }) => state === 'in_force').map(({ id }) => id));
  const own = clocks.find((clock) => clock.rule === 'P04' && isOpen(clock));
  return clocks
    .filter((clock) => isSeizure(clock) && isOpen(clock) && inForce.has(clock.subject.id))
    .flatMap((clock) => {
      const { lastOn, article, articleEn, overdue, subject } = clock;
      const endsFirst = own !== undefined && lastOn !== null && (own.rawOn === null || lastOn < own.rawOn);
      const code = overdue === true ? 'case.seizure_expired' : endsFirst ? 'case.seizure_ends_first' : null;
      if (code === null) return [];
      const reason = text(locale, code, { day: lastOn });
      return [{ code, reason, article: locale === 'zh' ? article : articleEn, subject, day: lastOn }];
    });
}
