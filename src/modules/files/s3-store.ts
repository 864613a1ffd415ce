import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { FileStore } from '../../context.ts';
import { removeStale, requireHash, spool } from './spool.ts';

/** An S3-compatible store; `spoolDir` holds what is arriving. */
export type S3Setting = {
  endpoint: string;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
  spoolDir: string;
};

/**
 * Content in a bucket, once per content, under `<first two of the hash>/<hash>` (path-style addresses, which every
 * compatible store knows). It is spooled first: the signature carries the hash, so the store refuses what was
 * altered on the way, and a broken upload never reaches it.
 */
export function s3Store({ endpoint, bucket, region, accessKey, secretKey, spoolDir }: S3Setting): FileStore {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    service: 's3',
    region,
    retries: 3,
  });
  const base = `${endpoint.replace(/\/+$/, '')}/${bucket}`;
  const urlOf = (sha256: string): string => `${base}/${requireHash(sha256).slice(0, 2)}/${sha256}`;
  const refuse = async (what: string, response: Response): Promise<never> => {
    const body = await response.text();
    throw new Error(`object store: ${what} answered ${response.status} ${body.slice(0, 300)}`);
  };
  let tidied: Promise<void> | undefined;
  return {
    async put(stream, maxBytes) {
      await (tidied ??= removeStale(spoolDir));
      const { path, ...content } = await spool(spoolDir, stream, maxBytes);
      try {
        const response = await client.fetch(urlOf(content.sha256), {
          method: 'PUT',
          body: await openAsBlob(path),
          headers: { 'x-amz-content-sha256': content.sha256, 'content-type': 'application/octet-stream' },
        });
        if (!response.ok) return await refuse('PUT', response);
        await response.body?.cancel();
        return content;
      } finally {
        await rm(path, { force: true });
      }
    },
    async get(sha256) {
      const response = await client.fetch(urlOf(sha256));
      if (!response.ok || !response.body) return refuse('GET', response);
      return Readable.fromWeb(response.body);
    },
    async has(sha256) {
      const response = await client.fetch(urlOf(sha256), { method: 'HEAD' });
      if (response.status === 404) return false;
      return response.ok || refuse('HEAD', response);
    },
    async remove(sha256) {
      const response = await client.fetch(urlOf(sha256), { method: 'DELETE' });
      if (!response.ok && response.status !== 404) await refuse('DELETE', response);
    },
  };
}
