import type { MiddlewareHandler } from 'hono';

const OWN_NAMES = new Set(['localhost', '127.0.0.1']);

/** Refuses requests under any other name: a web site that makes its name lead here must not reach us (DNS rebinding). */
export const onlyLocalNames: MiddlewareHandler = async (c, next) => {
  const name = (c.req.header('host') ?? '').replace(/:\d+$/, '');
  if (!OWN_NAMES.has(name)) return c.text('This is a local Slack; use http://localhost.', 421);
  return next();
};

/** Refuses what another page makes this browser send. Programs without an `Origin` are not browsers. */
export const onlyOwnPage: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header('origin');
  const site = c.req.header('sec-fetch-site');
  const isOwn = origin === undefined || origin === `http://${c.req.header('host')}`;
  if (!isOwn || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    return c.text('Only the playground’s own page may do this.', 403);
  }
  return next();
};

/** Nothing inline, nothing from elsewhere; the page draws text that apps and people wrote. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const safeHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  c.header('x-content-type-options', 'nosniff');
  c.header('referrer-policy', 'no-referrer');
  c.header('cross-origin-resource-policy', 'same-origin');
  if (!c.res.headers.has('content-security-policy')) c.header('content-security-policy', PAGE_POLICY);
};
