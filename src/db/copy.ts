// PostgreSQL's COPY over a pg connection: the exact text form of every type, streamed both ways.
import { once } from 'node:events';
import { Readable } from 'node:stream';
import type { Client, Connection } from 'pg';

/** What pg's connection can do beyond its published types. */
type CopyConnection = Connection & {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
};

/** Session settings under which the text form of every value is exact and the same on every server. */
export const EXACT_TEXT = `
  set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set timezone = 'UTC'; set extra_float_digits = 1;
  set bytea_output = 'hex'; set xmloption = 'content'; set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0; set synchronize_seqscans = off`;

/**
 * Runs a `copy … to stdout` and gives its bytes: text format, a line a row. A slow reader slows the server.
 * The stream fails with the server's error.
 */
export function copyOut(client: Client, text: string): Readable {
  let connection: Connection | undefined;
  // Also when all is read or the reader gave up: a connection left paused would never answer again.
  const flow = (): void => void connection?.stream.resume();
  const out = new Readable({
    read: flow,
    destroy(e, done): void {
      flow();
      done(e);
    },
  });
  client.query({
    submit(on: Connection): void {
      connection = on;
      on.query(text);
    },
    handleCopyData({ chunk }: { chunk: Buffer }, on: Connection): void {
      // A copy: the parser uses its buffer again.
      if (!out.destroyed && !out.push(Buffer.from(chunk))) on.stream.pause();
    },
    handleError: (e: Error) => void out.destroy(e),
    handleCommandComplete: () => undefined,
    handleReadyForQuery(): void {
      flow();
      out.push(null);
    },
  });
  return out;
}

/** Runs a `copy … from stdin` with the bytes of `source`. Rejects with the server's or the source's error. */
export function copyIn(client: Client, text: string, source: AsyncIterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => {
    let failure: Error | undefined;
    const send = async (connection: CopyConnection): Promise<void> => {
      for await (const chunk of source) {
        if (failure) return;
        connection.sendCopyFromChunk(chunk);
        if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain');
      }
      connection.endCopyFrom();
    };
    client.query({
      submit: (connection: Connection) => connection.query(text),
      handleCopyInResponse(connection: CopyConnection): void {
        send(connection).catch((e: unknown) => {
          failure = e instanceof Error ? e : new Error(String(e));
          connection.sendCopyFail(failure.message);
        });
      },
      handleError(e: Error): void {
        failure ??= e;
        reject(failure);
      },
      handleCommandComplete: () => undefined,
      handleReadyForQuery: () => resolve(),
    });
  });
}
