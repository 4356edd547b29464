import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { LocalSlackContext } from '../context.ts';
import { onlyLocalNames, safeHeaders } from './guards.ts';
import { pageFiles } from './page-files.ts';
import { pageRoutes } from './page-routes.ts';
import { pictureRoutes } from './picture-routes.ts';
import { slackRoutes } from './slack-routes.ts';

export type Env = { Bindings: HttpBindings };

const UPLOAD_BYTES_MAX = 100 * 1024 * 1024;
const BODY_BYTES_MAX = 4 * 1024 * 1024;

/** Everything the local Slack serves: Slack's own addresses, the page's, and pictures. */
export function createApp(context: LocalSlackContext, pageFolder: string | null): Hono<Env> {
  const app = new Hono<Env>();
  app.use(onlyLocalNames, safeHeaders);
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
