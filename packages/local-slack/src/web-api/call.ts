import type { LocalSlackContext } from '../context.ts';
import type { ApiFault } from '../faults.ts';
import type { Json } from '../workspace.ts';
import { ApiError, isMistake } from './api-error.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { METHODS, type Method } from './methods.ts';
import { holdBack } from './rate-limits.ts';
import { requireScope } from './scopes.ts';

/** A call as it was answered, for tests and debugging. Without the token. */
export type ApiCall = { at: number; method: string; args: Json; status: number | null; error: string | null };

/** `cut`: the connection breaks without an answer. */
export type Answer = { status: number; headers: Record<string, string>; body: Json } | 'cut';

/** Answers one call of the Web API, faults included. */
export async function answerCall(context: LocalSlackContext, name: string, request: Request): Promise<Answer> {
  const call: ApiCall = { at: context.clock(), method: name, args: {}, status: null, error: null };
  context.calls.add(call);
  const fault = context.faults.take(name);
  if (fault === 'cut_before_effect') return 'cut';
  if (typeof fault === 'object' && fault !== null && 'delayMs' in fault) await context.wait(fault.delayMs);
  const answer = await answerOrInjected(context, { call, fault, request });
  if (fault === 'lose_the_answer') return 'cut';
  call.status = answer.status;
  return answer;
}

type Asked = { call: ApiCall; fault: ApiFault | null; request: Request };
type Answered = Exclude<Answer, 'cut'>;

async function answerOrInjected(context: LocalSlackContext, { call, fault, request }: Asked): Promise<Answered> {
  const injected = injectedAnswer(context, fault);
  if (injected) {
    call.error = String(injected.body.error);
    return injected;
  }
  try {
    const args = await readArguments(request);
    call.args = withoutToken(args.raw);
    const method = admitted(context, call.method, { args, request });
    const body = method.run(context, args);
    return { status: 200, headers: headersFor(context, method), body: { ok: true, ...body } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    call.error = error.code;
    if (isMistake(error)) context.addViolation(violation(call.method, error));
    return refusal(context, error);
  }
}

function injectedAnswer(context: LocalSlackContext, fault: ApiFault | null): Answered | null {
  if (typeof fault !== 'object' || fault === null || 'delayMs' in fault) return null;
  if ('error' in fault) return refusal(context, new ApiError(fault.error));
  if ('retryAfterS' in fault) return refusal(context, new ApiError('ratelimited', {}, fault.retryAfterS));
  return { status: fault.status, headers: {}, body: { ok: false, error: 'internal_error' } };
}

/** The method, if this token may call it now. */
function admitted(
  context: LocalSlackContext,
  name: string,
  { args, request }: { args: Arguments; request: Request },
): Method {
  const method = METHODS.get(name);
  if (!method) throw new ApiError('unknown_method', { req_method: name });
  requireToken(context, method, { args, request });
  if (method.scope !== null) requireScope(context, method.scope);
  noteUnknown(context, name, { method, args });
  if (method.tier !== null)
    holdBack(context, context.limits.forMethod(name, method.tier), `${name} is called too often`);
  return method;
}

function noteUnknown(context: LocalSlackContext, name: string, { method, args }: { method: Method; args: Arguments }) {
  const unknown = Object.keys(args.raw).filter((key) => args.has(key) && !method.takes.includes(key));
  if (unknown.length > 0) context.addViolation(`${name}: the local Slack does nothing with ${unknown.join(', ')}.`);
}

function requireToken(
  { botToken, appToken }: LocalSlackContext,
  { token: kind }: Method,
  { args, request }: { args: Arguments; request: Request },
) {
  if (kind === null) return;
  const header = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const token = header ?? args.text('token');
  if (token === '') throw new ApiError('not_authed');
  const other = kind === 'bot' ? appToken : botToken;
  if (token === other) throw new ApiError('not_allowed_token_type');
  if (token !== (kind === 'bot' ? botToken : appToken)) throw new ApiError('invalid_auth');
}

function refusal(context: LocalSlackContext, { code, more, retryAfterS }: ApiError): Answered {
  const body = { ok: false, error: code, ...more };
  if (retryAfterS !== null) return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body };
  return { status: 200, headers: headersFor(context, null), body };
}

function headersFor({ manifest }: LocalSlackContext, method: Method | null): Record<string, string> {
  return {
    'x-oauth-scopes': manifest.scopes.join(','),
    ...(method?.scope ? { 'x-accepted-oauth-scopes': method.scope } : {}),
  };
}

function withoutToken({ token: _, ...rest }: Json): Json {
  return rest;
}

function violation(method: string, { code, more }: ApiError): string {
  const { messages = [] } = (more.response_metadata ?? {}) as { messages?: string[] };
  const needed = typeof more.needed === 'string' ? ` (needs ${more.needed})` : '';
  return [`${method} → ${code}${needed}`, ...messages].join(' · ');
}
