import { clockDoubt } from '../../book/clock-doubt.ts';
import type { State } from '../../ledger/state.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { onceMarker, putOnceMarker } from '../once/once-markers.ts';
import { postCardTo } from '../once/post-card.ts';
import { placeOf, postOnce } from '../once/post-once.ts';
import type { ClockCard, ClockView } from './clock-view.ts';

/** As long as a process may be away and come back to a card that is out of date. */
const LOOK_BACK_MS = 7 * 86_400_000;

/** What is wrong with the time now; null where nothing is. */
export function clockView({ clock }: AppContext, state: State): ClockView | null {
  const wrong = clockDoubt(clock, state);
  if (!wrong) return null;
  const { whose, shownAt, rightAt } = wrong;
  if (whose === 'ledger') return { kind: 'ledger', wrongAt: shownAt, rightAt };
  return { kind: 'machine', shownAt, rightAt, source: clock.doubt?.()?.source ?? 'slack' };
}

/** Every owner who is a full member: of a machine once a day, of the ledger once. */
export async function tellOwnersOfClock(
  context: AppContext,
  view: Exclude<ClockView, { kind: 'corrected' }>,
): Promise<void> {
  const { settings, corrections } = context.book.now();
  if (!settings) return;
  const about = view.kind === 'machine' ? `machine/${dateAt(view.rightAt, settings)}` : `${corrections.length}`;
  for (const ownerId of (await reachable(context)).ownerIds) {
    const card: ClockCard = { kind: 'clock_card', at: view.rightAt, clock: view };
    const isTold = await postOnce(context, keyFor(about, ownerId), (onceKey) =>
      postCardTo(context, ownerId, card, onceKey),
    );
    if (!isTold) context.log.warn({ ownerId }, 'could not tell owner about a wrong clock, will retry');
  }
}

/** Says on the same card that the time was corrected. An owner without a card gets one. */
export async function tellOwnersOfCorrection(context: AppContext): Promise<void> {
  const { corrections } = context.book.now();
  const last = corrections.at(-1);
  if (!last || context.clock.now() - last.at > LOOK_BACK_MS) return;
  const about = `${corrections.length - 1}`;
  const drawn = `clock-wrong/${about}/drawn`;
  if ((await onceMarker(context, drawn)) !== null) return;
  const { at, by, wrongAt } = last;
  const card: ClockCard = { kind: 'clock_card', at, clock: { kind: 'corrected', wrongAt, at, by } };
  const { ownerIds, isWhole } = await reachable(context);
  let isDrawn = isWhole;
  for (const ownerId of ownerIds) {
    const key = keyFor(about, ownerId);
    const place = await placeOf(context, key);
    if (place) isDrawn &&= (await context.messenger.redrawCard(place, card)).kind !== 'failed';
    else isDrawn &&= await postOnce(context, key, (onceKey) => postCardTo(context, ownerId, card, onceKey));
  }
  if (isDrawn) await putOnceMarker(context, drawn, '');
}

/** `isWhole`: false where Slack could not say of an owner whether they are a full member. They are told later. */
async function reachable({ book, channels }: AppContext): Promise<{ ownerIds: string[]; isWhole: boolean }> {
  const ownerIds: string[] = [];
  let isWhole = true;
  for (const ownerId of withRight(book.now(), 'correct_clock')) {
    const audience = await channels.audience(null, ownerId);
    if (audience === 'internal') ownerIds.push(ownerId);
    if (audience === 'unsure') isWhole = false;
  }
  return { ownerIds, isWhole };
}

const keyFor = (about: string, ownerId: string) => `clock-wrong/${about}/to/${ownerId}`;
