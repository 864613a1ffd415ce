import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';

const hashOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

/** A stranger’s object store: keeps what it is sent, checks hash and signature’s parts as S3 does. */
export async function objectStore(t: Test) {
  const objects = new Map<string, Buffer>();
  const problems: string[] = [];
  const check = (request: IncomingMessage, body: Buffer): void => {
    const { authorization = '' } = request.headers;
    if (
      !/^AWS4-HMAC-SHA256 Credential=key\/\d{8}\/cn-west\/s3\/aws4_request, SignedHeaders=/.test(
        authorization,
      )
    ) {
      problems.push(`signature: ${authorization}`);
    }
    const claimed = request.headers['x-amz-content-sha256'];
    if (request.method === 'PUT' && claimed !== hashOf(body)) problems.push(`hash: ${String(claimed)}`);
    if (request.method === 'PUT' && Number(request.headers['content-length']) !== body.length)
      problems.push('length');
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      check(request, body);
      const key = request.url ?? '';
      const found = objects.get(key);
      if (request.method === 'PUT') objects.set(key, body);
      if (request.method === 'DELETE') objects.delete(key);
      const missing = !found && (request.method === 'GET' || request.method === 'HEAD');
      response.writeHead(missing ? 404 : 200);
      response.end(request.method === 'GET' ? (found ?? '<Code>NoSuchKey</Code>') : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects, problems };
}
