import { memberAccount } from '../../ledger/accounts.ts';
import type { Line } from '../../ledger/lines.ts';
import { LAST_DAYS_MS, leavingOf } from '../../reports/leaving.ts';
import type { AppContext } from '../context.ts';
import type { LeavingReceipt } from './receipt-view.ts';

const LINES_A_PAGE = 500;
/** Of a person with more lines in a month, the newest of them are told. */
const PAGES_MAX = 40;

/** Null where the books do not tell of such a removal. */
export async function receiptOf(
  context: AppContext,
  memberId: string,
  removedAt: number,
): Promise<LeavingReceipt | null> {
  const lines = await linesOf(context, memberId, removedAt - LAST_DAYS_MS);
  const leaving = leavingOf(lines, removedAt);
  if (!leaving) return null;
  const { clients } = context.book.now();
  const named = leaving.used.byClient.map(({ clientId }) => [clientId, clients.get(clientId)?.name ?? clientId]);
  const at = Math.max(removedAt, leaving.settledAt ?? 0, leaving.broughtBack?.at ?? 0);
  return { kind: 'leaving_receipt', memberId, at, leaving, clientNames: Object.fromEntries(named) };
}

async function linesOf({ book, clock }: AppContext, memberId: string, fromAt: number): Promise<Line[]> {
  const toAt = Math.max(clock.now(), book.now().lastAt) + 1;
  const query = { account: memberAccount(memberId), fromAt, toAt, linesMax: LINES_A_PAGE };
  const lines: Line[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const beforeSeq = lines.at(-1)?.seq;
    const found = await book.history({ ...query, ...(beforeSeq === undefined ? {} : { beforeSeq }) });
    lines.push(...found);
    if (found.length < LINES_A_PAGE) break;
  }
  return lines.reverse();
}
