import i18n from 'i18next';
import { ApiProblem } from './problem.ts';
import { away, unreadable } from './client.ts';
import type { Problem } from './types.ts';

/** The name the server gives a file. */
function nameOf(response: Response): string {
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  return encoded ? decodeURIComponent(encoded) : 'download';
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser needs it until it has begun to write.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function refusalOf(response: Response): Promise<Problem> {
  const problem = (await response.json().catch(() => undefined)) as Problem | undefined;
  return typeof problem?.code === 'string' ? problem : unreadable(response.status);
}

async function bytesOf(response: Response, progress: (bytes: number) => void): Promise<Blob> {
  const reader = response.body!.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    bytes += next.value.length;
    progress(bytes);
  }
  return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
}

/** Fetches a file and hands it to whoever sits there; `progress` hears how much has come. Throws ApiProblem. */
export async function download(
  path: string,
  { signal, progress }: { signal: AbortSignal; progress: (bytes: number) => void },
): Promise<void> {
  const lost = (error: unknown): never => {
    if (signal.aborted) throw error;
    throw new ApiProblem(away());
  };
  const headers = { 'accept-language': i18n.language };
  const response = await fetch(path, { headers, signal }).catch(lost);
  if (!response.ok) throw new ApiProblem(await refusalOf(response));
  const blob = await bytesOf(response, progress).catch(lost);
  save(blob, nameOf(response));
}
