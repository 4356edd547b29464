import { type Context, Hono } from 'hono';
import { perform } from '../actions/perform.ts';
import type { LocalSlackContext } from '../context.ts';
import { messagesFor, threadFor, viewFor } from '../user-view.ts';
import { parseAct } from './act-schema.ts';
import type { Env } from './app.ts';
import { onlyOwnPage } from './guards.ts';
import { pageEvents } from './page-events.ts';

/** Routes of the page, each as the person it names. The developer at this machine may act as any of them. */
export function pageRoutes(context: LocalSlackContext): Hono<Env> {
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
