import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { Env, Served } from '../served.ts';

/** Hands Slack's deliveries on with their raw bodies: Slack signs bytes. */
export function slackRoutes(served: Served): Hono<Env> {
  const routes = new Hono<Env>();
  routes.all('/slack/events', (c) => {
    if (!served.slack) return c.body(null, 503);
    served.slack(c.env.incoming, c.env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  return routes;
}
