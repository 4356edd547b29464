import { Hono } from 'hono';
import type { Env, Served } from '../served.ts';

/** Answers whether the process lives, and whether it can work now. */
export function healthRoutes(served: Served): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/healthz', (c) => c.text('ok\n'));
  routes.get('/readyz', (c) => {
    const obstacle = served.obstacle();
    return obstacle === null ? c.text('ready\n') : c.text(`${obstacle}\n`, 503);
  });
  return routes;
}
