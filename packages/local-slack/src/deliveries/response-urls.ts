import type { Ids } from '../ids.ts';
import type { Documents } from '../state/documents.ts';

const RESPONSE_URL_LIFE_MS = 30 * 60_000;
const RESPONSE_URL_USES_MAX = 5;
/** How long an address is remembered; until then an expired one answers `expired_url`. */
const REMEMBERED_MS = 24 * 60 * 60_000;
const SWEEP_EVERY_MS = 60 * 60_000;

/** The right to answer one command or click, without being in the channel. */
export type ResponseUrl = {
  id: string;
  channelId: string;
  userId: string;
  /** The message that was clicked; a command has none. */
  originalTs: string | null;
  issuedAt: number;
  uses: number;
};

export type ResponseUrls = {
  issue(grant: { channelId: string; userId: string; originalTs: string | null }): string;
  /** Counts a use. The errors are Slack's. */
  use(id: string): ResponseUrl | 'invalid_url' | 'expired_url' | 'used_url';
};

export function createResponseUrls(
  store: Documents<ResponseUrl>,
  { clock, ids, address }: { clock: () => number; ids: Ids; address: (id: string) => string },
): ResponseUrls {
  let sweptAt = clock();
  const sweep = () => {
    if (clock() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = clock();
    for (const url of store.all()) if (sweptAt - url.issuedAt > REMEMBERED_MS) store.remove(url.id);
  };
  return {
    issue: (grant) => {
      sweep();
      const id = ids.secret();
      store.put(id, { ...grant, id, issuedAt: clock(), uses: 0 });
      return address(id);
    },
    use: (id) => {
      const url = store.get(id);
      if (!url) return 'invalid_url';
      if (clock() - url.issuedAt > RESPONSE_URL_LIFE_MS) return 'expired_url';
      if (url.uses >= RESPONSE_URL_USES_MAX) return 'used_url';
      store.put(id, { ...url, uses: url.uses + 1 });
      return url;
    },
  };
}
