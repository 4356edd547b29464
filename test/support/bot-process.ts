import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { programOfRun } from './program.ts';

/** The bot as it is run, in a process of its own that can be killed. */
export type BotProcess = {
  eventsUrl: string;
  /** What it wrote to standard error: its log. */
  log(): string;
  /** From now on its machine's clock is so much later than ours. */
  setClock(laterMs: number): Promise<void>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
};

/** The product. */
export const buildBot = (): string => programOfRun('src/main.ts');

export const newDataDir = () => mkdtempSync(join(tmpdir(), 'inkwell-'));

/**
 * `laterMs`: the process lives so much later than we do. `fileKibMax`: its disk takes no file larger than that. Resolves once
 * it is at work.
 */
export async function startBot(
  main: string,
  environment: Record<string, string>,
  { laterMs = 0, fileKibMax = null }: { laterMs?: number; fileKibMax?: number | null } = {},
): Promise<BotProcess> {
  const port = await freePort();
  const node = [process.execPath, '--import', settableClock(laterMs), main];
  // A write beyond the limit fails instead of ending the process, as on a disk that is full.
  const limited = ['bash', '-c', `trap '' XFSZ; ulimit -f ${fileKibMax}; exec "$@"`, 'bash', ...node];
  const [command = '', ...args] = fileKibMax === null ? node : limited;
  const child = spawn(command, args, {
    env: { PATH: process.env.PATH ?? '', LOG_LEVEL: 'warn', PORT: String(port), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (bytes) => {
    log += bytes;
  });
  await greeting(child, () => log);
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  return {
    eventsUrl: `http://127.0.0.1:${port}/slack/events`,
    log: () => log,
    async setClock(ms) {
      child.send(ms);
      await once(child, 'message');
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Before anything of the product is loaded: a clock that is set by a message, without keeping the process at work. */
const settableClock = (laterMs: number) =>
  `data:text/javascript,${encodeURIComponent(`
    const now = Date.now;
    let laterMs = ${laterMs};
    Date.now = () => now() + laterMs;
    process.on('message', (ms) => { laterMs = ms; process.send('set'); });
    process.channel?.unref();
  `)}`;

async function greeting(child: ChildProcess, log: () => string): Promise<void> {
  if (!child.stdout) throw new Error('no standard output');
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('Inkwell')) return;
  throw new Error(`the bot did not start: ${log()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
