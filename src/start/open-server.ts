import type { Config } from '../config.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import type { RunningBolt } from '../slack/bolt.ts';
import { StartFault } from './slack-connection.ts';

/** Listens before everything else is there, so that `/healthz` and `/readyz` can be asked from the beginning. */
export async function openServer({ slack, port }: Config): Promise<HttpServer> {
  const server = createHttpServer();
  const isPlayground = slack.mode === 'playground';
  try {
    await server.listen({ host: isPlayground ? '127.0.0.1' : '0.0.0.0', port });
    return server;
  } catch (error) {
    if (!isPlayground || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new StartFault(`Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start`);
  }
}

/** Says what keeps a started Inkwell from work. Over HTTP Slack connects to us, and nothing does. */
export function obstacleOf({ status }: RunningBolt): string | null {
  const socket = status?.();
  if (!socket || socket.isConnected) return null;
  return `Slack is away${socket.problem === null ? '' : ` (${socket.problem})`}: nothing arrives until it is back.`;
}
