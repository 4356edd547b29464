import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { LocalSlackContext } from '../context.ts';
import { respond } from '../deliveries/respond.ts';
import type { ApiFault } from '../faults.ts';
import { ApiError, InjectedError } from '../web-api/api-error.ts';
import { answerCall } from '../web-api/call.ts';
import { takeUpload } from '../web-api/files.ts';
import type { Json } from '../workspace.ts';
import type { Env } from './app.ts';

/** What Slack serves to apps: the Web API, the address for a file's bytes, and response URLs. */
export function slackRoutes(context: LocalSlackContext): Hono<Env> {
  const routes = new Hono<Env>();
  routes.on(['GET', 'POST'], '/api/:method', async (c) => {
    const answer = await answerCall(context, c.req.param('method'), c.req.raw);
    if (answer === 'cut') return cut(c);
    return c.json(answer.body, answer.status as 200, answer.headers);
  });
  routes.post('/upload/v1/:fileId/:ticket', (c) =>
    withFault(context, 'upload', c, async () => {
      const bytes = await uploadedBytes(c.req.raw);
      if (bytes === null) return c.text('invalid_upload', 400);
      const { fileId, ticket } = c.req.param();
      const problem = takeUpload(context, { fileId, ticket, bytes });
      if (problem === null) return c.text(`OK - ${bytes.byteLength}`);
      return c.text(problem, problem === 'file_not_found' ? 404 : 400);
    }),
  );
  routes.post('/actions/:id', (c) => withFault(context, 'response_url', c, () => answerResponseUrl(context, c)));
  return routes;
}

async function answerResponseUrl(context: LocalSlackContext, c: Context<Env>): Promise<Response> {
  const grant = context.responseUrls.use(c.req.param('id') ?? '');
  if (typeof grant === 'string') {
    context.addViolation(`A response URL was refused (${grant}).`);
    return c.json({ ok: false, error: grant }, 404);
  }
  try {
    respond(context, grant, await jsonBody(c.req.raw));
    return c.json({ ok: true });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (!(error instanceof InjectedError)) context.addViolation(`A response URL was refused (${error.code}).`);
    return c.json({ ok: false, error: error.code, ...error.more }, 400);
  }
}

async function jsonBody(request: Request): Promise<Json> {
  try {
    const body: unknown = await request.json();
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
  } catch {
    // Falls through: what is not JSON and what is no object get the same answer.
  }
  throw new ApiError('invalid_payload');
}

/** Raw, or the first file of a form; the official clients name it `body` or `file`. */
async function uploadedBytes(request: Request): Promise<Uint8Array | null> {
  if (!(request.headers.get('content-type') ?? '').startsWith('multipart/form-data')) {
    return new Uint8Array(await request.arrayBuffer());
  }
  const form = await request.formData();
  const file = [form.get('body'), form.get('file'), form.get('filename')].find((part) => part instanceof Blob);
  return file ? new Uint8Array(await file.arrayBuffer()) : null;
}

async function withFault(
  context: LocalSlackContext,
  name: 'upload' | 'response_url',
  c: Context<Env>,
  work: () => Promise<Response>,
): Promise<Response> {
  const fault = context.faults.take(name);
  if (fault === 'cut_before_effect') return cut(c);
  const injected = await injectedAnswer(context, fault, c);
  if (injected) return injected;
  const response = await work();
  return fault === 'lose_the_answer' ? cut(c) : response;
}

async function injectedAnswer(
  context: LocalSlackContext,
  fault: ApiFault | null,
  c: Context<Env>,
): Promise<Response | null> {
  if (typeof fault !== 'object' || fault === null) return null;
  if ('retryAfterS' in fault) return c.text('ratelimited', 429, { 'retry-after': String(fault.retryAfterS) });
  if ('status' in fault) return c.text('fault', fault.status as 500);
  if ('error' in fault) return c.json({ ok: false, error: fault.error }, 400);
  await context.wait(fault.delayMs);
  return null;
}

/** Breaks the connection, so that the caller cannot know what happened. */
function cut(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
