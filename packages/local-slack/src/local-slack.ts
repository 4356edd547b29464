import type { Server } from 'node:http';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { type Controls, createControls } from './controls.ts';
import { createContext, type LocalSlackOptions } from './create-context.ts';
import { createApp } from './http/app.ts';

export type { LocalSlackOptions } from './create-context.ts';
export { type Manifest, readManifest } from './manifest.ts';
export { DEMO_WORKSPACE } from './seed.ts';

/** A Slack workspace in this process, on real HTTP; see README. */
export type LocalSlack = Controls & {
  /** `http://127.0.0.1:…`; only once it listens. */
  readonly url: string;
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** Port 0 takes a free one. Only this machine can connect. */
  listen(options?: { port?: number; host?: '127.0.0.1' }): Promise<void>;
  /** Instead of `listen`: answers for a foreign server at that origin, which passes on what it does not take. */
  serveAt(origin: string): (request: Request, bindings: HttpBindings) => Response | Promise<Response>;
  /** Ends connections, retries and the database. */
  close(): Promise<void>;
};

export function createLocalSlack(options: LocalSlackOptions): LocalSlack {
  const closing = new AbortController();
  let guestOf: string | null = null;
  const origin = () => guestOf ?? originOf(server);
  const context = createContext(options, origin, closing.signal);
  const app = createApp(context, options.pageFolder ?? null);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.on('upgrade', context.sockets.upgrade);
  return {
    ...createControls(context),
    get url() {
      return origin();
    },
    get apiUrl() {
      return `${origin()}/api/`;
    },
    listen: ({ port = 0, host = '127.0.0.1' } = {}) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    serveAt: (at) => {
      guestOf = at;
      return app.fetch;
    },
    close: async () => {
      closing.abort();
      context.sockets.close();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      context.state.close();
    },
  };
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The local Slack does not listen yet.');
  return `http://127.0.0.1:${address.port}`;
}
