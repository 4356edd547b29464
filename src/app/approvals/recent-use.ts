import { memberInClientAccount } from '../../ledger/accounts.ts';
import type { AppContext } from '../context.ts';
import type { RecentUse } from './cards.ts';

const RECENT_MS = 30 * 86_400_000;
const LINES_A_PAGE = 256;
/** Whoever has more than this in a month is not judged by the exact figure. */
const PAGES_MAX = 20;

/**
 * What somebody asked for and used of a client in the last 30 days, from the lines that touched their account with it: of
 * other clients, whoever decides about this one may know nothing.
 */
export async function recentUse(
  { book, clock }: AppContext,
  { memberId, clientId }: { memberId: string; clientId: string },
): Promise<RecentUse> {
  const toAt = Math.max(clock.now(), book.now().lastAt) + 1;
  const query = {
    account: memberInClientAccount(memberId, clientId),
    fromAt: toAt - RECENT_MS,
    toAt,
    linesMax: LINES_A_PAGE,
  };
  let [requestsCount, usedCredits] = [0, 0];
  let beforeSeq: number | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const lines = await book.history({ ...query, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    for (const line of lines) {
      if (line.kind === 'held' || line.kind === 'approved') requestsCount += 1;
      if (line.kind === 'captured') usedCredits += line.capturedCredits;
    }
    beforeSeq = lines.at(-1)?.seq;
    if (lines.length < LINES_A_PAGE) break;
  }
  return { requestsCount, usedCredits, withinMs: RECENT_MS };
}
