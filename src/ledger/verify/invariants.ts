import { type AccountId, accountsOf } from '../accounts.ts';
import { withRoom } from '../apply/requests.ts';
import type { HeldPart } from '../commands/holds.ts';
import { checkSpending } from '../decide/spending.ts';
import type { Around } from '../kinds/kind.ts';
import type { Facts, FactsOf, Line } from '../lines.ts';
import { channelNow } from '../lists/channel-ids.ts';
import { activeWith } from '../lists/member-lists.ts';
import { exceededNow } from '../rights/approval-authority.ts';
import type { ExceededLimit, State } from '../state.ts';
import { findImage } from '../tally/made-images.ts';
import { figuresOf, roomOfLimits, sameFigures, standings } from '../usage/standings.ts';
import { drawnFrom } from '../usage/usage.ts';

/** No hash covers what stood before a change: it is compared with the lines. */
const WRONG_BEFORE = 'does not state what stood before it';

type LineOf<Kind extends Facts['kind']> = Line & FactsOf<Kind>;

export const leavesNoOwner = (_: unknown, { before, next }: Around): string | null =>
  hasOwner(before) && !hasOwner(next) ? 'leaves no owner' : null;

export const statesLimitBefore = (line: LineOf<'limit_set'>, { before }: Around): string | null =>
  line.before === undefined || sameFigures(line.before, figuresOf(before, line.account, line.window))
    ? null
    : WRONG_BEFORE;

export const statesBindingBefore = (line: LineOf<'channel_bound'>, { before }: Around): string | null =>
  line.before === undefined || line.before === before.channels.get(channelNow(before, line.channelId))
    ? null
    : WRONG_BEFORE;

/** Looks whether a line is about an image that was charged, and says whose it is. */
export function brokenImage(line: LineOf<'image_marked' | 'stage_set'>, { before }: Around): string | null {
  const found = findImage(before.images, line.holdId);
  if (!found) return `is about image ${line.holdId}, which is not known`;
  return accountsOf(line).join() === accountsOf(found.image).join() ? null : WRONG_BEFORE;
}

/**
 * Nothing is held yet that would show a changed figure: the price is stated twice, and the limits that it was over are
 * still there to compare with.
 */
export function brokenAsking(line: LineOf<'asked'>, { before }: Around): string | null {
  const { requestId, commandId, imagesCount, eachCredits, requestedCredits } = line;
  if (requestId !== commandId) return `asks for ${requestId}, which is not its own`;
  if (imagesCount * eachCredits !== requestedCredits) {
    return `asks for ${requestedCredits} credits, which are not ${imagesCount} × ${eachCredits}`;
  }
  const exceeded = exceededNow(before, line, line.at).map(figures).join();
  const stated = line.exceeded.map(figures).join();
  return stated === exceeded && exceeded !== '' ? null : `asks about ${stated || 'nothing'}, it is ${exceeded}`;
}

/** Not when it resets: that comes from the machine's calendar, whose rules may have changed since. */
const figures = ({ account, window, over, ...each }: ExceededLimit): string => {
  const { limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits, availableCredits } = each;
  const credits = [limitCredits, rolledCredits, grantsCredits, usedCredits, heldCredits, availableCredits];
  return `${account} ${window} ${over} ${credits.join('/')}`;
};

/** Checks that the approval makes the room itself, and that what it holds lies within that room. */
export function brokenApproval(line: LineOf<'approved'>, { before, next }: Around): string | null {
  const request = before.requests.get(line.requestId);
  if (!request || request.end) return `approves ${line.requestId}, which is not open`;
  if (line.by === request.memberId) return `approves ${line.requestId} for themselves`;
  const { imagesCount, eachCredits } = request;
  if (line.holds.length !== imagesCount || line.holds.some(({ amountCredits }) => amountCredits !== eachCredits)) {
    return `approves something else than ${line.requestId}`;
  }
  const twice = givesTwice(before, line.grants);
  if (twice) return twice;
  const usable = line.grants.map((grant) => ({ ...grant, expiresAt: grant.expiresAt + 1 }));
  const room = { ...before, ...withRoom(before, { ...line, grants: usable }) };
  return brokenHold(line, { before: room, next, of: line.requestId, floor: before });
}

export function givesTwice(before: State, grants: readonly { account: AccountId; grantId: string }[]): string | null {
  const twice = grants.find(({ account, grantId }) =>
    before.grants.get(account)?.some((grant) => grant.grantId === grantId),
  );
  return twice ? `gives grant ${twice.grantId} twice` : null;
}

type Holds = LineOf<'held' | 'approved'>;

/** `floor`: an account whose limit was set below its use may stay as far below, and goes no further. */
type Held = Around & { of: string; floor: State | null };

export function brokenHold(line: Holds, { before, next, of, floor }: Held): string | null {
  if (checkSpending(before)) return 'holds while spending is stopped';
  for (const [index, { holdId }] of line.holds.entries()) {
    if (holdId !== `${of}/${index + 1}`) return `${holdId} is not a hold of ${of}`;
  }
  for (const { account, grantId } of line.holds.flatMap(({ draws }) => draws)) {
    const grant = next.grants.get(account)?.find((each) => each.grantId === grantId);
    if (!grant) return `draws on grant ${grantId}, which ${account} does not have`;
    if (grant.usedCredits + grant.heldCredits > grant.amountCredits) return `draws more than grant ${grantId} has`;
  }
  for (const account of accountsOf(line)) {
    const broken =
      brokenDraws(line.holds, { account, before, at: line.at }) ?? brokenRoom(line, account, { floor, next });
    if (broken) return broken;
  }
  return null;
}

function brokenDraws(
  holds: readonly HeldPart[],
  { account, before, at }: { account: AccountId; before: State; at: number },
): string | null {
  const uncovered = holds.map(({ amountCredits, draws }) => amountCredits - drawnFrom(draws, account));
  if (Math.min(...uncovered) < 0) return `draws more than it holds for ${account}`;
  const all = uncovered.reduce((total, each) => total + each, 0);
  return all > Math.max(0, roomOfLimits(before, account, at)) ? `draws too little for ${account}` : null;
}

function brokenRoom(line: Holds, account: AccountId, { floor, next }: Pick<Held, 'floor' | 'next'>): string | null {
  const earlier = floor ? standings(floor, account, line.at) : [];
  for (const { key, over, availableCredits } of standings(next, account, line.at)) {
    const least = Math.min(0, earlier.find((each) => each.key === key)?.availableCredits ?? 0);
    if (over !== 'warn' && availableCredits < least) return `holds more than ${account} has in ${key}`;
  }
  return null;
}

export const brokenCapture = (line: LineOf<'captured'>, around: Around): string | null =>
  line.capturedCredits > line.heldCredits
    ? `captures ${line.capturedCredits} of ${line.heldCredits} held credits`
    : brokenEnd(line, around);

export function brokenEnd(line: LineOf<'captured' | 'voided' | 'slipped'>, { before }: Around): string | null {
  const { holdId, memberId, clientId, projectId, heldCredits } = line;
  const hold = before.holds.get(holdId);
  const same =
    hold?.memberId === memberId &&
    hold.clientId === clientId &&
    hold.projectId === projectId &&
    hold.amountCredits === heldCredits;
  return same ? null : `does not end ${holdId} as it was held`;
}

const hasOwner = (state: State) => activeWith(state, 'owner').length > 0;
