import type { State } from '../../ledger/state.ts';
import { dateOf } from '../../ledger/tally/blocked.ts';
import { windowKeysAt } from '../../ledger/usage/windows.ts';
import { type ImageOfWeek, withIds } from '../../reports/digest/channel-week.ts';
import { tipsOfOwn } from '../../reports/peer-week.ts';
import type { Tip } from '../../reports/tips.ts';
import { addDays, datesOf } from '../../reports/usage.ts';
import type { AppContext } from '../context.ts';
import { dearOf, placesOf } from '../peer-check/judge-peers.ts';

/** A habit that was given up a month ago is past. */
const DAYS = 28;
/** Each request is looked up. */
const IMAGES_MAX = 200;

/** Of a request that is not written down anymore: it goes by its client and its time. */
const SOMEWHERE = { channelId: '', threadId: null };

type Known = { date: string; tips: Map<string, readonly Tip[]> };
const known = new WeakMap<AppContext['records'], Known>();

/** What could make more of a person’s credits, from their own history. Looked at once a day: Home is drawn often. */
export async function ownTips(
  context: AppContext,
  state: State,
  { by, at }: { by: string; at: number },
): Promise<readonly Tip[]> {
  if (!state.settings) return [];
  const date = dateOf(windowKeysAt(at, state.settings));
  const before = known.get(context.records);
  const ofDay = before?.date === date ? before : { date, tips: new Map() };
  known.set(context.records, ofDay);
  const seen = ofDay.tips.get(by);
  if (seen) return seen;
  const images = ownImages(state, by, date);
  const places = await placesOf(context, [...new Set(images.map(({ jobId }) => jobId))]);
  const tips = tipsOfOwn(by, {
    images,
    placeOf: (jobId) => places.get(jobId) ?? SOMEWHERE,
    isDear: dearOf(context),
  });
  ofDay.tips.set(by, tips);
  return tips;
}

/** The latest, of days that are over. */
function ownImages({ images }: State, by: string, date: string): ImageOfWeek[] {
  const period = { fromDate: addDays(date, -DAYS), toDate: addDays(date, -1) };
  return datesOf(period)
    .flatMap((each) =>
      (images.get(each)?.toArray() ?? [])
        .filter(({ memberId }) => memberId === by)
        .map((image) => withIds(image, each)),
    )
    .slice(-IMAGES_MAX);
}
