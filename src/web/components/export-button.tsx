import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../api/download.ts';
import { useSession } from '../session.tsx';
import { useNarrow } from '../shell/narrow.ts';

type Query = Record<string, string | string[]>;

/** The address of a list's workbook: all pages of what the filters show. */
function addressOf(path: string, { cursor: _page, ...filters }: Query): string {
  const words = Object.entries(filters).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return `${path}.xlsx?${new URLSearchParams(words).toString()}`;
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Takes what a list shows along as a workbook; says how far it is, and stops when it is pressed again. */
export function ExportButton({
  path,
  query,
  hidden,
  onError,
}: {
  path: string;
  query: Query;
  /** Where there is nothing to take along. */
  hidden: boolean;
  onError: (error: unknown) => void;
}) {
  const { t } = useTranslation();
  const { may } = useSession();
  const narrow = useNarrow();
  const [bytes, setBytes] = useState<number>();
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);
  if (hidden || !may('list.export')) return null;
  const run = async (): Promise<void> => {
    const stop = new AbortController();
    running.current = stop;
    onError(undefined);
    setBytes(0);
    await download(addressOf(path, query), { signal: stop.signal, progress: setBytes }).catch(
      (error: unknown) => !stop.signal.aborted && onError(error),
    );
    setBytes(undefined);
  };
  const isRunning = bytes !== undefined;
  const label = isRunning ? t('common.exporting', { size: sizeOf(bytes) }) : t('common.export');
  return (
    <Button
      icon={<DownloadOutlined />}
      danger={isRunning}
      aria-live="polite"
      aria-label={label}
      onClick={() => (isRunning ? running.current?.abort() : void run())}
    >
      {narrow && !isRunning ? null : label}
    </Button>
  );
}
