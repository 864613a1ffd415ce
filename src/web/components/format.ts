import i18n from 'i18next';

const ZONE = 'Asia/Shanghai';

const parts = (at: Date): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: ZONE,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );

/** An instant as day and minute in Shanghai: 2024-03-07 09:30. */
export function stamp(at: Date | string | null | undefined): string {
  if (!at) return '';
  const { year, month, day, hour, minute } = parts(typeof at === 'string' ? new Date(at) : at);
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

/** The day an instant falls on in Shanghai. */
export const dayOf = (at: Date | string): string => stamp(at).slice(0, 10);

/** Fen as yuan: 1,234.50; empty where there is none. */
export function yuan(fen: number | null | undefined): string {
  if (fen === null || fen === undefined) return '';
  const sign = fen < 0 ? '-' : '';
  const whole = Math.trunc(Math.abs(fen) / 100).toLocaleString('en-US');
  return `${sign}${whole}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}

/** The word for a value, or the value itself where the texts have none. */
export function word(key: string, value: string | null | undefined): string {
  if (!value) return '';
  return i18n.exists(`${key}.${value}`) ? i18n.t(`${key}.${value}`) : value;
}
