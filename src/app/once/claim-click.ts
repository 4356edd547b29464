import { contentHash } from '../../ports/content-hash.ts';
import type { AppContext } from '../context.ts';

/** Clicks of one person on one button within this, by Slack’s own time, are one: the shake of a finger. */
export const ONE_CLICK_MS = 3_000;
/** So many clicks of one person on one button lie in two windows at most, each of them one of its own. */
const CLAIMS_MAX = 10;
export const CLICKS = 'click/';

/** `at`: Slack's own time of it, the same in every process. */
export type Click = { by: string; button: string; at: number; deliveryId: string };
type Claim = { at: number; deliveryId: string };

/**
 * The delivery that a click counts as: its own, or that of the click that came within three seconds of it, in whichever
 * process. Each click claims the window that it falls into and the next one. Two that are less than a window apart share
 * one of those, and there a unique insert settles which of them is the first: so no edge of a window lies between them.
 */
export async function claimClick(context: AppContext, { by, button, ...own }: Click): Promise<string> {
  const claimed: string[] = [];
  for (const cell of cellsOf({ by, button, at: own.at })) {
    const found = await claimIn(context, cell, own);
    if (typeof found === 'string') {
      claimed.push(found);
      continue;
    }
    // Only the first click leaves a claim, so that a third one does not wait.
    if (found.deliveryId !== own.deliveryId) await giveBack(context, claimed);
    return found.deliveryId;
  }
  return own.deliveryId;
}

/** A click that came to nothing stands in no other one’s way: the same again, a moment later, is looked at afresh. */
export async function releaseClick({ records, book }: AppContext, { deliveryId, ...click }: Click): Promise<void> {
  const { workspace } = book;
  for (const cell of cellsOf(click)) {
    for (let claimNo = 1; claimNo <= CLAIMS_MAX; claimNo += 1) {
      const mark = { workspace, key: `${cell}/${claimNo}` };
      const value = await records.marks.get(mark);
      if (value === null) break;
      if ((JSON.parse(value) as Claim).deliveryId === deliveryId) await records.marks.remove(mark);
    }
  }
}

function cellsOf({ by, button, at }: Omit<Click, 'deliveryId'>): string[] {
  const window = Math.floor(at / ONE_CLICK_MS);
  return [window, window + 1].map((each) => `${CLICKS}${contentHash([by, button]).slice(0, 32)}/${each}`);
}

/** The key of our claim, or the click that was there first and is the same. */
async function claimIn({ records, book, clock }: AppContext, cell: string, own: Claim): Promise<string | Claim> {
  const { workspace } = book;
  for (let claimNo = 1; claimNo <= CLAIMS_MAX; claimNo += 1) {
    const key = `${cell}/${claimNo}`;
    const mark = { workspace, key };
    if ((await records.marks.put({ ...mark, value: JSON.stringify(own), at: clock.now() })) === 'put') return key;
    const value = await records.marks.get(mark);
    // The claim was just given back. The click that did so is counted in the next cell.
    if (value === null) continue;
    const first = JSON.parse(value) as Claim;
    if (first.deliveryId === own.deliveryId) return key;
    if (Math.abs(first.at - own.at) < ONE_CLICK_MS) return first;
  }
  throw new Error('too many clicks on one button');
}

async function giveBack({ records, book }: AppContext, keys: readonly string[]): Promise<void> {
  for (const key of keys) await records.marks.remove({ workspace: book.workspace, key });
}
