import { Hono } from 'hono';
import type { LocalSlackContext } from '../context.ts';
import { maySeeFile } from '../files.ts';
import { colourOf } from '../serializers/person.ts';
import type { FileRecord } from '../workspace.ts';
import type { Env } from './app.ts';

/** Not even a picture may run anything or load anything. */
const INERT = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** The bytes of files, for those who may see them, and everybody's initials. */
export function pictureRoutes(context: LocalSlackContext): Hono<Env> {
  const routes = new Hono<Env>();
  routes.get('/files/:fileId/:name', (c) => {
    const file = context.state.files.get(c.req.param('fileId'));
    const isAllowed =
      file && (isForBot(context, c.req.header('authorization')) || maySeeFile(context, c.req.query('as') ?? '', file));
    const bytes = isAllowed ? context.state.files.bytes(file.fileId) : null;
    if (!file || bytes === null) return c.text('file_not_found', 404);
    return c.body(new Uint8Array(bytes), 200, fileHeaders(file));
  });
  routes.get('/avatars/:name', (c) => {
    const person = context.state.people.get(c.req.param('name').replace(/\.svg$/, ''));
    if (!person) return c.text('user_not_found', 404);
    const headers = { 'content-type': 'image/svg+xml', 'content-security-policy': INERT };
    return c.body(avatar(person.userId, person.realName), 200, headers);
  });
  return routes;
}

/** An app reads files with its token, if it has the scope. */
function isForBot({ botToken, manifest }: LocalSlackContext, authorization: string | undefined): boolean {
  return authorization === `Bearer ${botToken}` && manifest.scopes.includes('files:read');
}

/** Only pictures are shown; all else is saved, whatever it calls itself. */
function fileHeaders({ name, kind }: FileRecord): Record<string, string> {
  const disposition = kind?.picture ? 'inline' : 'attachment';
  return {
    'content-type': kind?.mimetype ?? 'application/octet-stream',
    'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`,
    'content-security-policy': INERT,
    'cache-control': 'private, max-age=60',
  };
}

function avatar(userId: string, realName: string): string {
  const letters = realName
    .split(' ')
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
  const safe = letters.replace(/[^\p{L}\p{N}]/gu, '');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><rect width="72" height="72" fill="#${colourOf(userId)}"/><text x="36" y="46" text-anchor="middle" font-family="sans-serif" font-size="28" font-weight="600" fill="#fff">${safe}</text></svg>`;
}
