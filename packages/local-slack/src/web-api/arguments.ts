import type { Json } from '../workspace.ts';
import { ApiError, invalidArguments } from './api-error.ts';

/** A call's arguments, whichever way they came: texts from a form or an address, values from JSON. */
export type Arguments = {
  /** Empty when absent, as Slack does not tell the two apart. */
  text(name: string): string;
  flag(name: string): boolean;
  has(name: string): boolean;
  /** A value that forms carry as JSON text. */
  json(name: string): unknown;
  /** `a,b`, or a list. */
  list(name: string): string[];
  /** A whole number from 1 to `max`, or `fallback`. */
  limit(fallback: number, max: number): number;
  raw: Json;
};

export function argumentsFrom(raw: Json): Arguments {
  const text = (name: string) => {
    const value = raw[name];
    return value === undefined || value === null
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  };
  return {
    raw,
    text,
    flag: (name) => ['true', '1'].includes(text(name)),
    has: (name) => text(name) !== '',
    json: (name) => (typeof raw[name] === 'string' ? parsed(name, raw[name]) : raw[name]),
    list: (name) => {
      const value = raw[name];
      const items = Array.isArray(value) ? value.map(String) : text(name).split(',');
      return items.map((item) => item.trim()).filter((item) => item !== '');
    },
    limit: (fallback, max) => {
      const value = text('limit') === '' ? fallback : Number(text('limit'));
      if (!Number.isInteger(value) || value < 0) throw new ApiError('invalid_limit');
      return Math.min(value === 0 ? fallback : value, max);
    },
  };
}

function parsed(name: string, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw name === 'blocks' ? new ApiError('invalid_blocks_format') : invalidArguments([`invalid JSON in ${name}`]);
  }
}

/** Reads a request's query and body. Throws what Slack answers to a body it cannot take. */
export async function readArguments(request: Request): Promise<Arguments> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  if (request.method === 'GET') return argumentsFrom(query);
  return argumentsFrom({ ...query, ...(await bodyOf(request)) });
}

async function bodyOf(request: Request): Promise<Json> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  switch (type) {
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(await request.text()));
    case 'multipart/form-data':
      return Object.fromEntries(await request.formData());
    case 'application/json':
      return withoutToken(await jsonOf(request));
    case '': {
      if ((await request.text()) !== '') throw new ApiError('missing_post_type');
      return {};
    }
    default:
      throw new ApiError('invalid_post_type');
  }
}

async function jsonOf(request: Request): Promise<Json> {
  try {
    const body: unknown = JSON.parse(await request.text());
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Json;
  } catch {
    // Falls through: what is not JSON and what is no object get the same answer.
  }
  throw new ApiError('invalid_json');
}

/** In JSON a token counts only in the header. */
function withoutToken({ token: _, ...rest }: Json): Json {
  return rest;
}
