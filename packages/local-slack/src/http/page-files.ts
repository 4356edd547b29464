import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Handler } from 'hono';
import type { Env } from './app.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
};

/** The page's own files. What has none of these endings, or lies outside the folder, does not exist. */
export function pageFiles(folder: string): Handler<Env> {
  const root = normalize(folder + sep);
  return async (c) => {
    const file = normalize(join(root, c.req.path === '/' ? 'index.html' : decoded(c.req.path)));
    const type = TYPES[extname(file)];
    if (!type || !file.startsWith(root)) return c.notFound();
    try {
      return c.body(new Uint8Array(await readFile(file)), 200, { 'content-type': type, 'cache-control': 'no-cache' });
    } catch (error) {
      if (['ENOENT', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return c.notFound();
      throw error;
    }
  };
}

/** An address with a broken escape names no file of ours. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
