import type { Command } from './command.ts';

/** The same as `npm start`. */
export const serveCommand: Command = {
  usage: 'serve',
  summary: '启动服务 start the server',
  run: async () => {
    const { runServer } = await import('../main.ts');
    await runServer();
    return 0;
  },
};
