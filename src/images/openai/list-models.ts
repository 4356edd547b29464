import type { OpenAI } from 'openai';
import type { Dispatcher } from 'undici';
import type { Said } from '../image-provider.ts';
import { oneRequest } from './connection.ts';
import { outcomeOfFault } from './faults.ts';

/**
 * Not `ok`, `refused`: the key is not taken. `unsaid`: the server has no such list, or does not let this key read it, which says
 * nothing about images. `failed`: no answer this time.
 */
export type ModelList =
  | { ok: true; models: readonly ListedModel[] }
  | { ok: false; kind: 'refused' | 'unsaid' | 'failed'; detail: string; said: Said | null };

export type ListedModel = { id: string; shutdownAt: number | null };

/** Restricted keys may make images and not read the list. */
const UNSAID = new Set([400, 403, 404, 405, 406, 410, 422, 501]);

type Parts = { client: OpenAI; agent: Dispatcher; now: () => number };

export const createLookAtModels =
  ({ client, agent, now }: Parts) =>
  async ({ signal }: { signal: AbortSignal }): Promise<ModelList> => {
    try {
      const { data } = await client.models.list({ signal, fetchOptions: { dispatcher: oneRequest(agent) } });
      if (!Array.isArray(data)) return { ok: false, kind: 'unsaid', detail: 'openai: no list of models', said: null };
      const models = data.filter(({ id }) => typeof id === 'string');
      return {
        ok: true,
        models: models.map(({ id, shutdown_date }) => ({ id, shutdownAt: epochMs(shutdown_date) })),
      };
    } catch (error) {
      const { detail, said = null } = outcomeOfFault(error, now());
      const status = said?.status ?? null;
      if (status === 401) return { ok: false, kind: 'refused', detail, said };
      // An answer that is no JSON comes from a server that knows no such list.
      const isUnsaid = status === null ? error instanceof SyntaxError : UNSAID.has(status);
      return { ok: false, kind: isUnsaid ? 'unsaid' : 'failed', detail, said };
    }
  };

/** A date without a time is midnight UTC; what cannot be read counts as not announced. */
function epochMs(date: unknown): number | null {
  const ms = Date.parse(typeof date === 'string' ? date : '');
  return Number.isNaN(ms) ? null : ms;
}
