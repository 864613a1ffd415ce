import { readConfig } from './config.ts';
import { serve } from './serve.ts';

/** The server process: listens until a signal, then lets what is under way finish. */
async function main(): Promise<void> {
  const serving = await serve(readConfig(), { announce: (line) => console.log(line) });
  console.log(`食安案管 Shian: ${serving.address}`);
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    serving.deps.log.info({ signal }, 'stopping');
    serving.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
