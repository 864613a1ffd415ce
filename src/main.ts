import { readConfig } from './config.ts';
import { serve } from './serve.ts';

/** The server process: listens until a signal, then lets what is under way finish. */
export async function runServer(): Promise<void> {
  const serving = await serve(readConfig(), { announce: (line) => console.log(line) });
  console.log(`食安案管 Shian: ${serving.address}`);
  const signal = await new Promise<string>((stop) => {
    process.once('SIGTERM', () => stop('SIGTERM'));
    process.once('SIGINT', () => stop('SIGINT'));
  });
  serving.deps.log.info({ signal }, 'stopping');
  await serving.close();
}

if (import.meta.main) {
  runServer().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
