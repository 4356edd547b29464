import { z } from 'zod';
import type { WantedLimit } from '../../app/limits/preview-limits.ts';
import type { Figures } from '../../app/limits/show-limits.ts';
import { type AccountId, isAccount } from '../../ledger/accounts.ts';
import { ON_EXCEEDED } from '../../ledger/state.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { type HomeLocation, readMetadata, writeMetadata } from '../kit/home-metadata.ts';

/**
 * What the forms about limits carry in their private metadata. Hints, all of it: the ledger decides anew about the account,
 * whoever sends it. `shown` is what stood in the form, so that only what somebody changed in it is changed.
 */
export type LimitsHint = {
  pages: HomeLocation;
  account: AccountId;
  shown: Shown;
  /** What is to be saved once it has been rehearsed. */
  wanted: readonly WantedLimit[];
};
export type Shown = Readonly<Record<Window, Figures>>;

export const NOTHING_SET: Shown = { day: null, week: null, month: null, total: null };

const credits = z.int().min(0);
export const figuresOnWire = z
  .object({ limitCredits: credits, over: z.enum(ON_EXCEEDED), rollOverMaxCredits: credits.nullable() })
  .nullable();
export const accountOnWire = z.custom<AccountId>((value) => isAccount(value) && value.length <= 300);
const onWire = z.object({
  pages: z.string(),
  account: accountOnWire,
  shown: z.object({ day: figuresOnWire, week: figuresOnWire, month: figuresOnWire, total: figuresOnWire }),
  wanted: z.array(z.object({ window: z.enum(WINDOWS), figures: figuresOnWire })).max(WINDOWS.length),
});

export const writeLimitsHint = ({ pages, ...hint }: LimitsHint): string =>
  JSON.stringify({
    ...hint,
    wanted: hint.wanted.map(({ window, figures }) => ({ window, figures })),
    pages: writeMetadata(pages),
  });

/** Null for what cannot be read: without what was shown, everything in the form would look changed. */
export function readLimitsHint(metadata: string | undefined): LimitsHint | null {
  const read = onWire.safeParse(parsed(metadata));
  if (!read.success) return null;
  const { pages, shown, wanted, account } = read.data;
  const withShown = wanted.map((each) => ({ ...each, shown: shown[each.window] }));
  return { pages: readMetadata(pages).pages, account, shown, wanted: withShown };
}

export function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
