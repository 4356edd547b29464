import type { List } from 'immutable';
import { type AccountId, clientAccount, memberAccount } from '../../ledger/accounts.ts';
import type { State } from '../../ledger/state.ts';
import type { MadeImage } from '../../ledger/tally/made-images.ts';
import { timeOfDayAt } from '../../ledger/usage/civil-dates.ts';

/** Credits of the 24 hours that a date has on the wall. An hour that autumn repeats counts as one. */
export type HoursOfDate = readonly number[];

const HOURS_A_DAY = 24;
const SLOT_MS = 15 * 60_000;
const NO_HOURS: HoursOfDate = Array.from({ length: HOURS_A_DAY }, () => 0);

/** The client and the member that an image counts for. */
export const judgedAccounts = ({ clientId, memberId }: MadeImage): readonly AccountId[] => [
  clientAccount(clientId),
  memberAccount(memberId),
];

export function hoursOf({ images, settings }: State, account: AccountId, date: string): HoursOfDate {
  const ofDate = images.get(date);
  return (ofDate && settings && summed(ofDate, settings.timeZone).get(account)) ?? NO_HOURS;
}

export const hourOf = (image: MadeImage, timeZone: string): number => hourAt(image.heldAt, timeZone);

type Summed = { timeZone: string; hours: ReadonlyMap<AccountId, number[]> };
/** A date that is over has the same list from look to look, so it is added up once. */
const known = new WeakMap<List<MadeImage>, Summed>();

function summed(images: List<MadeImage>, timeZone: string): Summed['hours'] {
  const before = known.get(images);
  if (before?.timeZone === timeZone) return before.hours;
  const hours = new Map<AccountId, number[]>();
  for (const image of images) {
    const hour = hourOf(image, timeZone);
    for (const account of judgedAccounts(image)) {
      const ofAccount = hours.get(account) ?? [...NO_HOURS];
      ofAccount[hour] = (ofAccount[hour] ?? 0) + image.credits;
      hours.set(account, ofAccount);
    }
  }
  known.set(images, { timeZone, hours });
  return hours;
}

/** By time zone, and quarter of an hour. */
const hoursKnown = new Map<string, Map<number, number>>();
const HOURS_KNOWN_MAX = 10_000;

/** Remembered, because to ask the calendar takes longer than all the rest. */
function hourAt(atMs: number, timeZone: string): number {
  const ofZone = hoursKnown.get(timeZone) ?? new Map<number, number>();
  hoursKnown.set(timeZone, ofZone);
  const slot = Math.floor(atMs / SLOT_MS);
  const known = ofZone.get(slot);
  if (known !== undefined) return known;
  const found = Number(timeOfDayAt(atMs, timeZone).slice(0, 2));
  if (ofZone.size >= HOURS_KNOWN_MAX) ofZone.clear();
  ofZone.set(slot, found);
  return found;
}
