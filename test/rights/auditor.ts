import type { Line } from '../../src/ledger/lines.ts';
import type { Rule } from '../../src/ledger/rules.ts';
import type { State } from '../../src/ledger/state.ts';
import { type WindowKeys, windowKeysAt } from '../../src/ledger/usage/windows.ts';
import { type Wall, wallsOf } from './walls.ts';

type Holding = Line & { kind: 'held' | 'approved' };

/** Looks at what others than owners did since an owner set the organisation, and says which of the owner's limits it broke. */
export type Auditor = (lines: readonly Line[], now: State) => string[];

export function createAuditor(start: State): Auditor {
  const walls = wallsOf(start);
  return (lines, now) => {
    const holdings = lines.filter((line): line is Holding => line.kind === 'held' || line.kind === 'approved');
    return [
      ...brokenWalls(walls, { start, lines, holdings }),
      ...holdings.flatMap((line) => brokenRules(start, line)),
      ...touched(start, now),
      ...givenTooMuch(start, now),
    ];
  };
}

type Seen = { start: State; lines: readonly Line[]; holdings: readonly Holding[] };

function brokenWalls(walls: readonly Wall[], { start, lines, holdings }: Seen): string[] {
  const { settings } = start;
  if (!settings || holdings.length === 0) return [];
  const endedWith = new Map(lines.flatMap((line) => endOf(line)));
  const givers = giversOf(start, lines);
  return walls.flatMap(({ name, window, capCredits, isHard, covers, accounts }) => {
    const used = new Map<string, number>();
    for (const line of holdings.filter(covers)) {
      const key = keyOf(windowKeysAt(line.at, settings), window);
      for (const { holdId, amountCredits, draws } of line.holds) {
        const given = draws
          .filter(
            ({ account, grantId }) =>
              !isHard && accounts.has(account) && isFromOthers(givers.get(grantId), line.memberId),
          )
          .reduce((sum, { credits }) => sum + credits, 0);
        const credits = Math.max(0, (endedWith.get(holdId) ?? amountCredits) - given);
        used.set(key, (used.get(key) ?? 0) + credits);
      }
    }
    const most = Math.max(0, ...used.values());
    return most > capCredits ? [`${name} in a ${window}: ${most} of ${capCredits}`] : [];
  });
}

const keyOf = (keys: WindowKeys, window: Wall['window']) => keys[window];

/** What a hold came to. An image that slipped is the agency's loss, and nobody's to bring about. */
function endOf(line: Line): (readonly [string, number])[] {
  if (line.kind === 'captured') return [[line.holdId, line.capturedCredits]];
  return line.kind === 'voided' || line.kind === 'slipped' ? [[line.holdId, 0]] : [];
}

/** In whose name each grant was given: the approver's, where it was theirs to give, or of those they stood in for. */
function giversOf(start: State, lines: readonly Line[]): Map<string, readonly string[]> {
  const givers = new Map<string, readonly string[]>();
  const standsFor = new Map<string, string>();
  for (const line of lines) {
    if (line.kind === 'delegate_set' && line.toId !== null) standsFor.set(line.by, line.toId);
    if (line.kind === 'delegate_set' && line.toId === null) standsFor.delete(line.by);
    if (line.kind !== 'approved') continue;
    const others = [...standsFor].flatMap(([from, to]) => (to === line.by ? [from] : []));
    const role = start.members.get(line.by)?.role;
    const own = role === 'owner' || (role === 'manager' && managesSome(start, line.by, line.clientId)) ? [line.by] : [];
    for (const { grantId } of line.grants) givers.set(grantId, [...own, ...others]);
  }
  return givers;
}

/** Roughly: which of the accounts does not matter, because all that is asked is whether it is somebody else. */
const managesSome = ({ members, clients }: State, memberId: string, clientId: string) => {
  const { clientIds = [], teamIds = [] } = members.get(memberId)?.manages ?? {};
  return clientIds.includes(clientId) || teamIds.length > 0 || !clients.has(clientId);
};

const isFromOthers = (givers: readonly string[] | undefined, memberId: string) =>
  givers?.some((giver) => giver !== memberId) ?? false;

/** A client's rules, and those of roles, are the owner's; a person's are their manager's business too. */
function brokenRules({ rules, members }: State, line: Holding): string[] {
  const role = members.get(line.memberId)?.role;
  return [`client:${line.clientId}` as const, ...(role ? [`role:${role}` as const] : [])].flatMap((scope) => {
    const rule = rules.get(scope);
    return rule && !fits(rule, line) ? [`the rule of ${scope}`] : [];
  });
}

const fits = ({ imagesMax, priceMaxCredits, models }: Rule, { holds, work }: Holding) =>
  holds.length <= (imagesMax ?? Number.POSITIVE_INFINITY) &&
  holds.reduce((sum, { amountCredits }) => sum + amountCredits, 0) <= (priceMaxCredits ?? Number.POSITIVE_INFINITY) &&
  (models === null || models.includes(work.model));

/** What owners and managers may use is for owners alone to change, also downwards. */
function touched(start: State, now: State): string[] {
  const accounts = [...new Set([...start.limits.keys(), ...now.limits.keys()])];
  return accounts
    .filter((account) => {
      const [, memberId = ''] = /^member:([^@]+)/.exec(account) ?? [];
      const role = start.members.get(memberId)?.role;
      return (role === 'owner' || role === 'manager') && figures(start, account) !== figures(now, account);
    })
    .map((account) => `the limits of ${account} were changed`);
}

const figures = (
  { limits, use }: State,
  account: (typeof limits extends ReadonlyMap<infer Key, unknown> ? Key : never) | string,
) =>
  JSON.stringify([
    (limits.get(account as 'agency') ?? []).map(({ window, limitCredits, over }) => [window, limitCredits, over]),
    (use.get(account as 'agency') ?? []).flatMap(({ key, movedCredits }) =>
      movedCredits === 0 ? [] : [[key, movedCredits]],
    ),
  ]);

/** Above the owner's threshold an owner decides: also about what is given bit by bit. */
function givenTooMuch(start: State, now: State): string[] {
  const above = start.settings?.ownerAboveCredits ?? null;
  if (above === null) return [];
  return [...now.grants].flatMap(([account, grants]) => {
    const given = grants
      .filter(({ by, expiresAt }) => start.members.get(by)?.role !== 'owner' && (expiresAt ?? 0) > now.lastAt)
      .reduce((sum, { amountCredits, usedCredits, heldCredits }) => sum + amountCredits - usedCredits - heldCredits, 0);
    return given > above ? [`${given} extra credits for ${account}, above ${above}`] : [];
  });
}
