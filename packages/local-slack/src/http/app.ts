import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { perform } from '../actions/perform.ts';
import type { LocalSlackContext } from '../context.ts';
import { messagesFor, threadFor, viewFor } from '../user-view.ts';
import { parseAct } from './act-schema.ts';
import { onlyLocalNames, onlyOwnPage, safeHeaders } from './guards.ts';
import { pageEvents } from './page-events.ts';
import { pageFiles } from './page-files.ts';
import { pictureRoutes } from './picture-routes.ts';
import { slackRoutes } from './slack-routes.ts';

export type Env = { Bindings: HttpBindings };

const UPLOAD_BYTES_MAX = 100 * 1024 * 1024;
const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Everything the local Slack serves: Slack's own addresses, the page's, and pictures. */
export function createApp(context: LocalSlackContext, pageFolder: string | null): Hono<Env> {
  const app = new Hono<Env>();
  app.use(onlyLocalNames, safeHeaders);
  // Slack's answers say what the time is there.
  app.use(async (c, next) => {
    await next();
    c.header('date', new Date(context.clock()).toUTCString());
  });
  app.use('/upload/*', bodyLimit({ maxSize: UPLOAD_BYTES_MAX }));
  app.use('/api/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.use('/actions/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.use('/playground/*', bodyLimit({ maxSize: BODY_BYTES_MAX }));
  app.route('/', slackRoutes(context));
  app.route('/', pictureRoutes(context));
  app.route('/playground', pageRoutes(context));
  if (pageFolder !== null) app.get('*', pageFiles(pageFolder));
  return app;
}

/** Routes of the page, each as the person it names. The developer at this machine may act as any of them. */
function pageRoutes(context: LocalSlackContext): Hono<Env> {
  const routes = new Hono<Env>();
  routes.use(onlyOwnPage);
  routes.get('/state', (c) => found(c, viewFor(context, query(c, 'as'))));
  routes.get('/messages', (c) => {
    const page = { channelId: query(c, 'channelId'), before: c.req.query('before') || null };
    return found(c, messagesFor(context, query(c, 'as'), page));
  });
  routes.get('/thread', (c) =>
    found(c, threadFor(context, query(c, 'as'), { channelId: query(c, 'channelId'), ts: query(c, 'ts') })),
  );
  routes.get('/events', (c) => pageEvents(context, query(c, 'as')));
  routes.post('/act', async (c) => {
    if (!(c.req.header('content-type') ?? '').startsWith('application/json')) return c.text('JSON only.', 415);
    const parsed = parseAct(await c.req.json().catch(() => null));
    if (!parsed.ok) return c.json({ ok: false, message: parsed.problem }, 400);
    return c.json(await perform(context, parsed.act));
  });
  return routes;
}

function query(c: Context<Env>, name: string): string {
  return c.req.query(name) ?? '';
}

function found(c: Context<Env>, answer: object | null) {
  return answer === null ? c.json({ ok: false, message: 'Nothing here for you.' }, 404) : c.json(answer);
}
