import { createServer, type RequestListener } from 'node:http';

export type HttpServer = {
  readonly url: string;
  listen(on: { host: string; port: number }): Promise<void>;
  /** Takes no more requests, and lets those that came be answered. */
  close(): Promise<void>;
};

const CLOSE_WITHIN_MS = 1_000;
/** A delivery of Slack's arrives in one go. */
const REQUEST_TIMEOUT_MS = 10_000;
const SLACK_PATH = '/slack/events';

/** One server for all that comes in over HTTP: Slack's deliveries, and a question whether Inkwell is alive. */
export function createHttpServer({ slack }: { slack: RequestListener }): HttpServer {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const path = (request.url ?? '/').split('?')[0];
    if (path === SLACK_PATH) return slack(request, response);
    const alive = path === '/healthz' && request.method === 'GET';
    response.writeHead(alive ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(alive ? 'ok\n' : 'Nothing here. Slack’s requests go to /slack/events.\n');
  });
  return {
    get url() {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('the server does not listen');
      return `http://127.0.0.1:${address.port}`;
    },
    listen: ({ host, port }) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Whoever has not finished sending by then is not waited for: Slack sends again, and others are not Slack.
        setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS).unref();
      }),
  };
}
