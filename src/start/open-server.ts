import type { Config } from '../config.ts';
import { createHttpServer, type HttpServer } from '../http/server.ts';
import type { RunningBolt } from '../slack/bolt.ts';
import { StartFault } from './slack-connection.ts';

const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN', 'EINVAL', 'EAFNOSUPPORT']);

/** Listens before everything else is there, so that `/healthz` and `/readyz` can be asked from the beginning. */
export async function openServer({ slack, host, port }: Config): Promise<HttpServer> {
  const server = createHttpServer();
  const isPlayground = slack.mode === 'playground';
  try {
    await server.listen({ host: host ?? (isPlayground ? '127.0.0.1' : null), port });
    return server;
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (isPlayground && code === 'EADDRINUSE')
      throw new StartFault(`Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start`);
    if (host === null || !NO_SUCH_ADDRESS.has(code)) throw error;
    throw new StartFault(
      `HOST names no address of this machine: ${host} (${code}). Remove it to listen on all of them.`,
    );
  }
}

/** Says what keeps a started Inkwell from work. Over HTTP Slack connects to us, and nothing does. */
export function obstacleOf({ status }: RunningBolt): string | null {
  const socket = status?.();
  if (!socket || socket.isConnected) return null;
  return `Slack is away${socket.problem === null ? '' : ` (${socket.problem})`}: nothing arrives until it is back.`;
}
