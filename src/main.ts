import { readConfig } from './config.ts';
import { serve } from './serve.ts';

/** The signal that asks the process to stop. */
const stopSignal = (): Promise<string> =>
  new Promise((stop) => {
    for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => stop(signal));
  });

/** The server process: listens until a signal, then lets what is under way finish. */
export async function runServer(): Promise<void> {
  // Also while it starts: a database left running would have to be recovered.
  const stopped = stopSignal();
  const serving = await serve(readConfig(), { announce: (line) => console.log(line) });
  console.log(`食安案管 Shian: ${serving.address}`);
  serving.deps.log.info({ signal: await stopped }, 'stopping');
  await serving.close();
}

if (import.meta.main) {
  runServer().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
