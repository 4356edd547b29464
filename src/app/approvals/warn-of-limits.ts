import { clientAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { ExceededLimit, Settings } from '../../ledger/state.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { privateAudience } from '../../ports/reply-address.ts';
import { isTellable } from '../../reports/alerts/limit-alerts.ts';
import { responsibleNow } from '../alerts/told-to.ts';
import type { AppContext } from '../context.ts';
import { hiddenFrom } from '../limits/less-said.ts';
import { namesOf } from '../names.ts';
import { directly, privatelyIn } from '../requester.ts';

type Held = { memberId: string; clientId: string; channelId: string; at: number; warnings?: readonly ExceededLimit[] };

/**
 * A limit that only warns was exceeded. The requester hears of it, and the account's managers where no alert tells them: each
 * once for an account and a window, because a warning at every request would not be read.
 */
export async function warnOfLimits(context: AppContext, held: Held): Promise<void> {
  const state = context.book.now();
  if (!state.settings) return;
  const keys = windowKeysAt(held.at, state.settings);
  for (const limit of held.warnings ?? []) {
    const about = `warned/${limit.account}/${keys[limit.window]}`;
    await tellOnce(context, { key: `${about}/by/${held.memberId}`, toId: held.memberId, held, limit });
    // They have a message of their own that says so, and goes on saying how it stands.
    if (isAlerted(state.settings, limit)) continue;
    for (const toId of responsibleNow(state, limit.account, held.at)) {
      if (toId !== held.memberId) await tellOnce(context, { key: `${about}/to/${toId}`, toId, held, limit });
    }
  }
}

const isAlerted = ({ alerts }: Settings, { account, window }: ExceededLimit): boolean =>
  isTellable(account, window) && alerts.percents.includes(100);

async function tellOnce(
  { book, records, channels, messenger, clock, log }: AppContext,
  { key, toId, held, limit }: { key: string; toId: string; held: Held; limit: ExceededLimit },
): Promise<void> {
  const { memberId, clientId, channelId } = held;
  const mark = { workspace: book.workspace, key };
  if ((await records.marks.put({ ...mark, value: '', at: clock.now() })) === 'taken') return;
  const state = book.now();
  const isOwn = toId === memberId;
  const audience = await privateAudience(channels, isOwn ? channelId : null, toId);
  const mayName =
    isOwn || (audience === 'internal' && may(state, toId, 'see_figures', { account: clientAccount(clientId) }));
  const to = isOwn ? privatelyIn(channelId, toId) : directly(toId);
  const told = await messenger.tell(to, {
    kind: 'limit_warning',
    memberId,
    limit,
    audience,
    hidden: hiddenFrom(state, { by: toId, clientId: isOwn ? clientId : null, accounts: [limit.account] }),
    names: namesOf(state, [limit.account]),
    clientName: mayName ? (state.clients.get(clientId)?.name ?? null) : null,
  });
  if (told.kind === 'delivered') return;
  log.warn({ account: limit.account, toId, code: told.code }, 'could not warn about a limit');
  await records.marks.remove(mark);
}
