import type { AccountId } from '../../ledger/accounts.ts';
import { clientOfAccount } from '../../ledger/lists/client-lists.ts';
import type { State } from '../../ledger/state.ts';
import type { AppContext } from '../context.ts';
import type { Card } from '../messenger.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import { allWhoSee, isMuted, isQuiet, responsibleNow } from './told-to.ts';

/** One alert as it is now. `stateNo`: the number of its last state. */
export type Telling = {
  key: string;
  account: AccountId;
  stateNo: number;
  /** Whether it is worth a message to a person who has none. */
  isStanding: boolean;
  /** Null where nothing is shown to that person. */
  cardFor(memberId: string): Card;
};

/**
 * Posts one message to each person who is responsible for the account and there, and draws it again as the alert changes. An alert that is
 * muted, resolved or in quiet hours begins no message. One that stands is drawn at any hour, because that pings no one.
 */
export async function tellAlert(context: AppContext, state: State, telling: Telling): Promise<void> {
  const at = context.clock.now();
  const { account, isStanding } = telling;
  const isHeldBack = !isStanding || isMuted(state, account, at) || !state.settings || isQuiet(state.settings, at);
  const version = versionAt(state, telling, at);
  const now = new Set(responsibleNow(state, account, at));
  // People with a message find it as it is, also those who are away, or are not told any more. None is begun for them.
  for (const memberId of new Set([...now, ...allWhoSee(state, account, at)])) {
    const key = `${telling.key}/to/${memberId}`;
    const drawnKey = `${key}/drawn/${version}`;
    const mayBegin = now.has(memberId) && !isHeldBack;
    if ((await onceMarker(context, drawnKey)) !== null) continue;
    if (!mayBegin && !(await hasMessage(context, key, drawnKey))) continue;
    // It says what the agency plans with, so it goes to full members only.
    if ((await context.channels.audience(null, memberId)) !== 'internal') continue;
    const isDrawn = await tellOne(context, { key, memberId, telling });
    if (isDrawn) await putOnceMarker(context, drawnKey, '');
  }
}

/** Most people have none: each process asks the records once for each state of an alert. */
async function hasMessage(context: AppContext, key: string, drawnKey: string): Promise<boolean> {
  const known = withoutMessage.get(context.records) ?? new Set();
  withoutMessage.set(context.records, known);
  if (known.has(drawnKey)) return false;
  if ((await placeOf(context, key)) !== null) return true;
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.add(drawnKey);
  return false;
}

const REMEMBERED_MAX = 10_000;
const withoutMessage = new WeakMap<AppContext['records'], Set<string>>();

type One = { key: string; memberId: string; telling: Telling };

/** Whether the person now has a message that shows it as it is. */
async function tellOne(context: AppContext, { key, memberId, telling }: One): Promise<boolean> {
  const { messenger, log } = context;
  const place = await placeOf(context, key);
  if (place !== null) return (await messenger.redrawCard(place, telling.cardFor(memberId))).kind !== 'failed';
  let isNew = false;
  const isPosted = await postOnce(context, key, async (onceKey) => {
    const posted = await postCardTo(context, memberId, telling.cardFor(memberId), onceKey);
    isNew = posted.kind === 'posted';
    return posted;
  });
  if (!isPosted) log.warn({ memberId, account: telling.account }, 'could not tell of an alert, will retry');
  return isPosted && isNew;
}

/** Of each drawing another one. A mute or a cap changes it twice: when it begins, and when it ends by itself. */
function versionAt(state: State, { account, stateNo }: Telling, at: number): string {
  const { muted = null, expected = null } = state.alerts.get(account) ?? {};
  const cap = state.clients.get(clientOfAccount(state, account) ?? '')?.qualityCap ?? null;
  const chosen = [muted, expected, ...(cap ? [cap] : [])].map(
    (each) => each && `${each.at}${each.untilAt > at ? '' : '/ended'}`,
  );
  return [stateNo, ...chosen].join('/');
}
