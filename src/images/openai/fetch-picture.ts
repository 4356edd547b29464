import { lookup } from 'node:dns/promises';
import { Agent, type Dispatcher, fetch, type RequestInit } from 'undici';
import { withDeadline } from './deadline.ts';
import { isPrivateLiteral, isPublic, publicLookup } from './public-addresses.ts';

/** `code`: why the picture at an address could not be had, in a word for the log. */
export type Fetched = { ok: true; bytes: Uint8Array } | { ok: false; code: string };
export type FetchPicture = ((url: string, options: { signal: AbortSignal }) => Promise<Fetched>) & {
  close(): Promise<void>;
};

const PICTURE_BYTES_MAX = 64 * 1024 * 1024;
const TRIES_MAX = 4;
const TRY_TIMEOUT_MS = 60_000;
/** A link may name a picture that is not quite there yet. */
const AGAIN_AFTER_MS = [300, 1_500, 4_000];
const REDIRECTS_MAX = 4;

/**
 * Fetches pictures that an answer names by address: a few times, for a bounded time and size, and from the internet alone.
 * Where the provider itself is in a private network, so may its pictures be. `proxied`: a proxy resolves names by itself, and
 * keeps private addresses to itself.
 */
export function createFetchPicture(baseUrl: string, proxied?: Dispatcher): FetchPicture {
  const anywhere = proxied ?? new Agent({ connect: { timeout: 10_000 } });
  const outside = proxied ?? new Agent({ connect: { timeout: 10_000, lookup: publicLookup } });

  const fetchOnce = async (url: string, signal: AbortSignal): Promise<Fetched> => {
    const atHome = await isPrivate(new URL(baseUrl).hostname);
    let at = new URL(url);
    for (let redirects = 0; redirects <= REDIRECTS_MAX; redirects += 1) {
      if (!/^https?:$/.test(at.protocol)) return { ok: false, code: 'odd_address' };
      if (!atHome && isPrivateLiteral(at.hostname)) return { ok: false, code: 'private_address' };
      const options: RequestInit = { signal, redirect: 'manual', dispatcher: atHome ? anywhere : outside };
      const response = await fetch(at, options);
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
      if (location === null) return await bytesOf(response);
      await response.body?.cancel();
      at = new URL(location, at);
    }
    return { ok: false, code: 'too_many_redirects' };
  };

  const fetchPicture = async (url: string, { signal }: { signal: AbortSignal }): Promise<Fetched> => {
    let fetched: Fetched = { ok: false, code: 'not_tried' };
    for (let tries = 0; tries < TRIES_MAX && !signal.aborted; tries += 1) {
      if (tries > 0) await pause(AGAIN_AFTER_MS[tries - 1] ?? 0, signal);
      const deadline = withDeadline(signal, TRY_TIMEOUT_MS);
      fetched = await fetchOnce(url, deadline.signal)
        .catch((error: unknown): Fetched => ({ ok: false, code: codeOf(error) }))
        .finally(deadline.clear);
      if (fetched.ok || IN_VAIN.has(fetched.code)) break;
    }
    return fetched;
  };
  return Object.assign(fetchPicture, {
    close: async () => void (await Promise.all([anywhere.destroy(), outside.destroy()])),
  });
}

/** The same address will not be another one, or hold less, a second later. */
const IN_VAIN: ReadonlySet<string> = new Set(['private_address', 'odd_address', 'too_many_redirects', 'too_large']);

/** Whether the provider is beside us; a name that cannot be looked up now counts as one of the internet. */
async function isPrivate(host: string): Promise<boolean> {
  if (isPrivateLiteral(host)) return true;
  const addresses = await lookup(host, { all: true }).catch(() => []);
  return addresses.length > 0 && addresses.every(({ address }) => !isPublic(address));
}

async function bytesOf(response: Awaited<ReturnType<typeof fetch>>): Promise<Fetched> {
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    return { ok: false, code: `http_${response.status}` };
  }
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > PICTURE_BYTES_MAX) return { ok: false, code: 'too_large' };
    chunks.push(chunk);
  }
  return sizeBytes === 0 ? { ok: false, code: 'empty' } : { ok: true, bytes: Buffer.concat(chunks) };
}

function codeOf(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: { code?: unknown }; name?: unknown };
  const [inner] = [cause?.code, code, name].filter((each): each is string => typeof each === 'string');
  return inner === 'INKWELL_PRIVATE' ? 'private_address' : (inner ?? 'connection');
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}
