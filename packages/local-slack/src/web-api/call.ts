import type { Core } from '../core.ts';
import type { ApiFault } from '../faults.ts';
import type { Json } from '../workspace.ts';
import { ApiError, isMistake } from './api-error.ts';
import { type Arguments, readArguments } from './arguments.ts';
import { METHODS, type Method } from './methods.ts';
import { holdBack } from './rate-limits.ts';
import { requireScope } from './scopes.ts';

/** A call as it was answered, for tests and for whoever debugs. Without the token. */
export type ApiCall = { at: number; method: string; args: Json; status: number | null; error: string | null };

/** `cut`: the connection breaks without an answer. */
export type Answer = { status: number; headers: Record<string, string>; body: Json } | 'cut';

/** Answers one call of the Web API, faults included. */
export async function answerCall(core: Core, name: string, request: Request): Promise<Answer> {
  const call: ApiCall = { at: core.clock(), method: name, args: {}, status: null, error: null };
  core.calls.add(call);
  const fault = core.faults.take(name);
  if (fault === 'cut_before_effect') return 'cut';
  if (typeof fault === 'object' && fault !== null && 'delayMs' in fault) await core.wait(fault.delayMs);
  const answer = await answerOrInjected(core, { call, fault, request });
  if (fault === 'lose_the_answer') return 'cut';
  call.status = answer.status;
  return answer;
}

type Asked = { call: ApiCall; fault: ApiFault | null; request: Request };
type Answered = Exclude<Answer, 'cut'>;

async function answerOrInjected(core: Core, { call, fault, request }: Asked): Promise<Answered> {
  const injected = injectedAnswer(core, fault);
  if (injected) {
    call.error = String(injected.body.error);
    return injected;
  }
  try {
    const args = await readArguments(request);
    call.args = withoutToken(args.raw);
    const method = admitted(core, call.method, { args, request });
    const body = method.run(core, args);
    return { status: 200, headers: headersFor(core, method), body: { ok: true, ...body } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    call.error = error.code;
    if (isMistake(error.code)) core.complain(complaint(call.method, error));
    return refusal(core, error);
  }
}

function injectedAnswer(core: Core, fault: ApiFault | null): Answered | null {
  if (typeof fault !== 'object' || fault === null || 'delayMs' in fault) return null;
  if ('error' in fault) return refusal(core, new ApiError(fault.error));
  if ('retryAfterS' in fault) return refusal(core, new ApiError('ratelimited', {}, fault.retryAfterS));
  return { status: fault.status, headers: {}, body: { ok: false, error: 'internal_error' } };
}

/** The method, if this token may call it now. */
function admitted(core: Core, name: string, { args, request }: { args: Arguments; request: Request }): Method {
  const method = METHODS.get(name);
  if (!method) throw new ApiError('unknown_method', { req_method: name });
  requireToken(core, method, { args, request });
  if (method.scope !== null) requireScope(core, method.scope);
  noteUnknown(core, name, { method, args });
  if (method.tier !== null) holdBack(core, core.limits.forMethod(name, method.tier), `${name} is called too often`);
  return method;
}

function noteUnknown(core: Core, name: string, { method, args }: { method: Method; args: Arguments }) {
  const unknown = Object.keys(args.raw).filter((key) => args.has(key) && !method.takes.includes(key));
  if (unknown.length > 0) core.complain(`${name}: the local Slack does nothing with ${unknown.join(', ')}.`);
}

function requireToken(
  { botToken, appToken }: Core,
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

function refusal(core: Core, { code, more, retryAfterS }: ApiError): Answered {
  const body = { ok: false, error: code, ...more };
  if (retryAfterS !== null) return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body };
  return { status: 200, headers: headersFor(core, null), body };
}

function headersFor({ manifest }: Core, method: Method | null): Record<string, string> {
  return {
    'x-oauth-scopes': manifest.scopes.join(','),
    ...(method?.scope ? { 'x-accepted-oauth-scopes': method.scope } : {}),
  };
}

function withoutToken({ token: _, ...rest }: Json): Json {
  return rest;
}

function complaint(method: string, { code, more }: ApiError): string {
  const { messages = [] } = (more.response_metadata ?? {}) as { messages?: string[] };
  const needed = typeof more.needed === 'string' ? ` (needs ${more.needed})` : '';
  return [`${method} → ${code}${needed}`, ...messages].join(' · ');
}
