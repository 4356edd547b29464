import { timeDoubt } from '../../book/clock-doubt.ts';
import type { State } from '../../ledger/state.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import type { World } from '../context.ts';
import { withRight } from '../limits/limit-contacts.ts';
import { lastingMark, putLastingMark } from '../once/once-markers.ts';
import { placeOf, postOnce } from '../once/post-once.ts';

/** What owners are told of a clock that is, or was, wrong. */
export type ClockView =
  /** Others say what the time is, and this machine shows something else. */
  | { kind: 'machine'; shownAt: number; rightAt: number; source: 'slack' | 'database' }
  /** The last line is dated ahead, and only this machine says that it is. */
  | { kind: 'ledger'; wrongAt: number; rightAt: number }
  | { kind: 'corrected'; wrongAt: number; at: number; by: string };

/** `at`: of two drawings the later has the higher one. */
export type ClockCard = { kind: 'clock_card'; at: number; clock: ClockView };

/** As long as a process may be away and come back to a card that is out of date. */
const LOOK_BACK_MS = 7 * 86_400_000;

/** What is wrong with the time now; null where nothing is. */
export function clockView({ clock }: World, state: State): ClockView | null {
  const wrong = timeDoubt(clock, state);
  if (!wrong) return null;
  const { whose, shownAt, rightAt } = wrong;
  if (whose === 'ledger') return { kind: 'ledger', wrongAt: shownAt, rightAt };
  return { kind: 'machine', shownAt, rightAt, source: clock.doubt?.()?.source ?? 'slack' };
}

/** Every owner who is a full member: of a machine once a day, of the ledger once. */
export async function tellOwnersOfClock(world: World, view: Exclude<ClockView, { kind: 'corrected' }>): Promise<void> {
  const { settings, corrections } = world.book.now();
  if (!settings) return;
  const about = view.kind === 'machine' ? `machine/${dateAt(view.rightAt, settings)}` : `${corrections.length}`;
  for (const ownerId of await reachable(world)) {
    const card: ClockCard = { kind: 'clock_card', at: view.rightAt, clock: view };
    const isTold = await postOnce(world, keyFor(about, ownerId), () => world.messenger.postCard(ownerId, card));
    if (!isTold) world.log.warn({ ownerId }, 'owner not told of a wrong clock, will be tried again');
  }
}

/** The same card says that the time was corrected; whoever has none gets one. */
export async function tellOwnersOfCorrection(world: World): Promise<void> {
  const { corrections } = world.book.now();
  const last = corrections.at(-1);
  if (!last || world.clock.now() - last.at > LOOK_BACK_MS) return;
  const about = `${corrections.length - 1}`;
  const drawn = `clock-wrong/${about}/drawn`;
  if ((await lastingMark(world, drawn)) !== null) return;
  const { at, by, wrongAt } = last;
  const card: ClockCard = { kind: 'clock_card', at, clock: { kind: 'corrected', wrongAt, at, by } };
  let isDrawn = true;
  for (const ownerId of await reachable(world)) {
    const key = keyFor(about, ownerId);
    const place = await placeOf(world, key);
    if (place) isDrawn &&= (await world.messenger.redrawCard(place, card)).kind !== 'failed';
    else isDrawn &&= await postOnce(world, key, () => world.messenger.postCard(ownerId, card));
  }
  if (isDrawn) await putLastingMark(world, drawn, '');
}

async function reachable({ book, channels }: World): Promise<string[]> {
  const ownerIds: string[] = [];
  for (const ownerId of withRight(book.now(), 'correct_clock'))
    if ((await channels.face(null, ownerId)) === 'internal') ownerIds.push(ownerId);
  return ownerIds;
}

const keyFor = (about: string, ownerId: string) => `clock-wrong/${about}/to/${ownerId}`;
