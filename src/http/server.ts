import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { healthRoutes } from './routes/health.ts';
import { slackRoutes } from './routes/slack.ts';
import type { Env, Served } from './served.ts';

export type HttpServer = {
  readonly url: string;
  /** `host` null: every address of the machine, of both kinds where it has both. */
  listen(on: { host: string | null; port: number }): Promise<void>;
  serve(more: Partial<Served>): void;
  /** Takes no more requests, and lets those that came be answered. */
  close(): Promise<void>;
};

const CLOSE_WITHIN_MS = 1_000;
/** A delivery of Slack's arrives in one go. */
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than any usual proxy keeps a connection: it never sends a request on one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;

/** One server for all that comes in over HTTP, whichever way Slack's deliveries come. */
export function createHttpServer(): HttpServer {
  const served: Served = { slack: null, obstacle: () => 'Inkwell is starting.', others: null };
  const server = createAdaptorServer({
    fetch: routesOf(served).fetch,
    // The globals stay Node's own: the Web API client and the providers use them too.
    overrideGlobalObjects: false,
    serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
  return {
    get url() {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server does not listen');
      return `http://${reachedAt(address)}:${address.port}`;
    },
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(host === null ? { port } : { port, host }, resolve);
      }),
    serve: (more) => void Object.assign(served, more),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // A request that is not whole by then is dropped: Slack sends it again, and others are not Slack.
        setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS).unref();
      }),
  };
}

/** From the machine itself. */
const reachedAt = ({ address, family }: AddressInfo): string => {
  if (address === '::' || address === '0.0.0.0') return '127.0.0.1';
  return family === 'IPv6' ? `[${address}]` : address;
};

function routesOf(served: Served): Hono<Env> {
  const app = new Hono<Env>();
  app.route('/', healthRoutes(served));
  app.route('/', slackRoutes(served));
  app.notFound(
    (c) => served.others?.(c.req.raw, c.env) ?? c.text('Nothing here. Slack’s requests go to /slack/events.\n', 404),
  );
  return app;
}
