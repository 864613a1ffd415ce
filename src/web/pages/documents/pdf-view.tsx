import { Alert, Spin } from 'antd';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy, type RenderTask } from 'pdfjs-dist';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

/** One page, as sharp as the screen is. */
function PdfPage({ pdf, number, onFail }: { pdf: PDFDocumentProxy; number: number; onFail: () => void }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stopped = false;
    let task: RenderTask | undefined;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const element = canvas.current;
      if (stopped || !element) return;
      const width = element.parentElement!.clientWidth;
      const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(devicePixelRatio, 2);
      const viewport = page.getViewport({ scale });
      element.width = viewport.width;
      element.height = viewport.height;
      task = page.render({ canvas: element, viewport });
      await task.promise;
    };
    draw().catch(() => stopped || pdf.loadingTask.destroyed || onFail());
    return () => {
      stopped = true;
      // A canvas takes one drawing at a time: the paper that came after it would not be drawn.
      task?.cancel();
    };
  }, [pdf, number, onFail]);
  return <canvas ref={canvas} role="img" aria-label={t('document.page', { number, count: pdf.numPages })} />;
}

/** A paper as it is printed: the very bytes the printer gets. */
export function PdfView({ url, version }: { url: string; version: number }) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<PDFDocumentProxy>();
  const [failed, setFailed] = useState(false);
  const onFail = useCallback(() => setFailed(true), []);
  useEffect(() => {
    const task = getDocument({ url, isEvalSupported: false });
    setFailed(false);
    let stopped = false;
    task.promise.then(setPdf, () => stopped || onFail());
    return () => {
      stopped = true;
      void task.destroy();
    };
  }, [url, version, onFail]);
  if (failed) return <Alert type="error" showIcon title={t('document.cannotShow')} />;
  if (!pdf) return <Spin className="waiting" />;
  return (
    <div className="pdf">
      {Array.from({ length: pdf.numPages }, (_, at) => (
        <PdfPage key={at} pdf={pdf} number={at + 1} onFail={onFail} />
      ))}
    </div>
  );
}
