import { z } from 'zod';
import { FIRST_PAGES, type Pages, TABS } from '../home-hints.ts';

/**
 * What a set-up modal carries in its private metadata: hints, for the ledger authorises. `shown` is what stood in the
 * form, so that only what somebody changed in it is changed, and not what others have saved meanwhile.
 */
export type SetUpHint = {
  pages: Pages;
  clientId: string | null;
  memberId: string | null;
  channelId: string | null;
  /** From a client card, somebody has no Home in front of them to read in what came of it. */
  from: 'home' | 'card';
  shown: { name: string; month: number | null; total: number | null };
};

export const NOTHING_SHOWN: SetUpHint['shown'] = { name: '', month: null, total: null };

export const setUpHint = (given: Partial<SetUpHint>): SetUpHint => ({
  pages: FIRST_PAGES,
  clientId: null,
  memberId: null,
  channelId: null,
  from: 'home',
  shown: NOTHING_SHOWN,
  ...given,
});

const id = z.string().min(1).max(120).nullable();
const credits = z.int().nullable();
const page = z.int().min(0);
const open = z.object({ clientId: z.string().max(120), page });
export const pagesOnWire = z
  .object({ clients: page, members: page, tab: z.enum(TABS).optional(), open: open.optional() })
  .transform(
    ({ tab, open: opened, ...pages }): Pages => ({
      ...pages,
      ...(tab ? { tab } : {}),
      ...(opened ? { open: opened } : {}),
    }),
  );
const onWire = z.object({
  pages: pagesOnWire,
  clientId: id,
  memberId: id,
  channelId: id,
  from: z.enum(['home', 'card']),
  shown: z.object({ name: z.string().max(200), month: credits, total: credits }),
});

export const writeSetUpHint = (hint: SetUpHint): string => JSON.stringify(hint);

export function readSetUpHint(metadata: string): SetUpHint {
  try {
    return onWire.parse(JSON.parse(metadata));
  } catch {
    // Not ours, or of an earlier version: a form about nothing, which the ledger refuses by name.
    return setUpHint({});
  }
}
