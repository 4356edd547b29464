import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { type Controls, createControls } from './controls.ts';
import { createCore, type LocalSlackOptions } from './create-core.ts';
import { createApp } from './http/app.ts';

export type { LocalSlackOptions } from './create-core.ts';
export { type Manifest, readManifest } from './manifest.ts';
export { JUNIPER } from './seed.ts';

/** A Slack workspace in this process, on real HTTP; see README. */
export type LocalSlack = Controls & {
  /** `http://127.0.0.1:…`; only once it listens. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** Port 0 takes a free one. Only this machine can connect. */
  listen(options?: { port?: number; host?: '127.0.0.1' }): Promise<void>;
  /** Ends connections, retries and the database. */
  close(): Promise<void>;
};

export function createLocalSlack(options: LocalSlackOptions): LocalSlack {
  const closing = new AbortController();
  const core = createCore(options, () => originOf(server), closing.signal);
  const app = createApp(core, options.pageFolder ?? null);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  // Slack's answers say what the time is there.
  server.prependListener('request', (_, response) => response.setHeader('date', new Date(core.clock()).toUTCString()));
  server.on('upgrade', core.sockets.upgrade);
  return {
    ...createControls(core),
    get url() {
      return originOf(server);
    },
    get apiUrl() {
      return `${originOf(server)}/api/`;
    },
    listen: ({ port = 0, host = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    close: async () => {
      closing.abort();
      core.sockets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      core.state.close();
    },
  };
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local Slack does not listen yet.');
  return `http://127.0.0.1:${address.port}`;
}
