import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Who may hand commands over: processes that know a key of the database. Signed are the time, a number that is used once,
 * the process that is meant, and the whole body; an answer is signed with the request that it answers.
 */
export type Signed = { at: number; nonce: string; signature: string };

/** A request is good for so long before and after its time; the sender goes by the clock of the one that it sends to. */
export const GOOD_FOR_MS = 30_000;
/** More than this in a minute is no process of ours. */
const NONCES_MAX = 200_000;

export function signRequest(key: string, of: { at: number; nonce: string; to: string; body: string }): string {
  return hmac(key, ['request', String(of.at), of.nonce, of.to, of.body]);
}

export function signReply(key: string, of: { at: number; request: string; body: string }): string {
  return hmac(key, ['reply', String(of.at), of.request, of.body]);
}

/** Each part with its length before it: no two lists of parts are the same text. */
const hmac = (key: string, parts: readonly string[]) =>
  createHmac('sha256', key)
    .update(parts.map((part) => `${part.length}:${part}`).join(''))
    .digest('base64url');

/** Takes as long whatever is wrong. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Numbers that were used, for as long as a request that bears one would be good; forgotten in two generations. */
export class UsedNonces {
  private older = new Set<string>();
  private newer = new Set<string>();
  private turnedAt = Number.NEGATIVE_INFINITY;

  /** False: it was used before, or more are used than can be remembered. `now`: of a steady clock. */
  use(nonce: string, now: number): boolean {
    if (now - this.turnedAt > 2 * GOOD_FOR_MS) {
      this.older = this.newer;
      this.newer = new Set();
      this.turnedAt = now;
    }
    if (this.older.has(nonce) || this.newer.has(nonce) || this.newer.size >= NONCES_MAX) return false;
    this.newer.add(nonce);
    return true;
  }
}
