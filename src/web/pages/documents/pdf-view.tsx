import { Alert, Spin } from 'antd';
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

GlobalWorkerOptions.workerSrc = new URL('pdfjs-dist/build/pdf.worker.min.mjs', import.meta.url).href;

/** One page, as sharp as the screen is. */
function PdfPage({ pdf, number }: { pdf: PDFDocumentProxy; number: number }) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let stopped = false;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const element = canvas.current;
      if (stopped || !element) return;
      const width = element.parentElement!.clientWidth;
      const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(devicePixelRatio, 2);
      const viewport = page.getViewport({ scale });
      element.width = viewport.width;
      element.height = viewport.height;
      await page.render({ canvas: element, viewport }).promise;
    };
    void draw();
    return () => void (stopped = true);
  }, [pdf, number]);
  return <canvas ref={canvas} role="img" aria-label={t('document.page', { number, count: pdf.numPages })} />;
}

/** A paper as it is printed: the very bytes the printer gets. */
export function PdfView({ url, version }: { url: string; version: number }) {
  const { t } = useTranslation();
  const [pdf, setPdf] = useState<PDFDocumentProxy>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const task = getDocument({ url, isEvalSupported: false });
    setFailed(false);
    task.promise.then(setPdf, () => setFailed(true));
    return () => void task.destroy();
  }, [url, version]);
  if (failed) return <Alert type="error" showIcon title={t('document.cannotShow')} />;
  if (!pdf) return <Spin className="waiting" />;
  return (
    <div className="pdf">
      {Array.from({ length: pdf.numPages }, (_, at) => (
        <PdfPage key={at} pdf={pdf} number={at + 1} />
      ))}
    </div>
  );
}
