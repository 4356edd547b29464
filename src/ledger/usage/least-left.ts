import { Set as ImmutableSet } from 'immutable';
import { type AccountId, clientAccount } from '../accounts.ts';
import { byName, clientsByName } from '../lists/client-lists.ts';
import type { State } from '../state.ts';
import { type Standing, standings } from './standings.ts';
import { windowKeysAt } from './windows.ts';

type Use = State['use'];
type Ranked = { clientId: string; name: string; share: number };

/** What a ranking holds for, besides what accounts use. `untilAt`: the next extra credits expire. */
type Ranking = Pick<State, 'clients' | 'limits' | 'grants' | 'settings'> & {
  day: string;
  untilAt: number;
  ranked: readonly Ranked[];
};

/** The last ranking, and whose use has changed since. */
type Known = { ranking: Ranking; changed: ImmutableSet<AccountId> };
const remembered = new WeakMap<Use, Known>();

/** With more changes than this all clients are ranked again. */
const CHANGED_MAX = 200;

/** The clients that are nearest to the end of a limit; those without one come last. */
export function leastLeft(state: State, at: number, countMax: number): string[] {
  const { ranking, changed } = rankingOf(state, at);
  const isChanged = (clientId: string) => changed.has(clientAccount(clientId));
  const still = firstOf(ranking.ranked, countMax, ({ clientId }) => !isChanged(clientId));
  const moved = changed.toArray().flatMap((account) => rankOf(state, account.slice(CLIENT.length), at) ?? []);
  return [...still, ...moved]
    .sort(byShare)
    .slice(0, countMax)
    .map(({ clientId }) => clientId);
}

/** After a change of what these accounts use: what was known goes on with it. */
export function carryRanking(before: Use, after: Use, accounts: Iterable<AccountId>): void {
  const known = remembered.get(before);
  if (!known || before === after) return;
  const { ranking } = known;
  const changed = known.changed.withMutations((all) => {
    for (const account of accounts) if (account.startsWith(CLIENT)) all.add(account);
  });
  if (changed.size <= CHANGED_MAX) remembered.set(after, { ranking, changed });
}

const CLIENT = 'client:';

function rankingOf(state: State, at: number): Known {
  const { use, clients, limits, grants, settings } = state;
  const day = settings ? windowKeysAt(at, settings).day : '';
  const known = remembered.get(use);
  if (known && holdsFor(known.ranking, state, { day, at })) return known;
  const ranked = clientsByName(clients)
    .flatMap((clientId) => rankOf(state, clientId, at) ?? [])
    .sort(byShare);
  const expiries = clientsByName(clients).flatMap((clientId) =>
    (grants.get(clientAccount(clientId)) ?? []).map(({ expiresAt }) => expiresAt ?? Number.POSITIVE_INFINITY),
  );
  const untilAt = expiries.reduce(
    (soonest, each) => (each > at ? Math.min(soonest, each) : soonest),
    Number.POSITIVE_INFINITY,
  );
  const made: Known = { ranking: { clients, limits, grants, settings, day, untilAt, ranked }, changed: ImmutableSet() };
  remembered.set(use, made);
  return made;
}

const holdsFor = (ranking: Ranking, state: State, { day, at }: { day: string; at: number }): boolean =>
  ranking.clients === state.clients &&
  ranking.limits === state.limits &&
  ranking.grants === state.grants &&
  ranking.settings === state.settings &&
  ranking.day === day &&
  at < ranking.untilAt;

function rankOf(state: State, clientId: string, at: number): Ranked | null {
  const client = state.clients.get(clientId);
  return client
    ? { clientId, name: client.name, share: shareLeft(standings(state, clientAccount(clientId), at)) }
    : null;
}

/** Of the limit that is met first; below zero where nothing is allowed at all, and above all where nothing limits it. */
export function shareLeft(
  of: readonly Pick<Standing, 'limitCredits' | 'grantsCredits' | 'availableCredits'>[],
): number {
  const [first, ...others] = of;
  if (!first) return Number.POSITIVE_INFINITY;
  const tightest = others.reduce(
    (least, each) => (each.availableCredits < least.availableCredits ? each : least),
    first,
  );
  const whole = tightest.limitCredits + tightest.grantsCredits;
  return whole === 0 ? -1 : tightest.availableCredits / whole;
}

const byShare = (one: Ranked, other: Ranked) =>
  one.share === other.share ? byName(one, other) : one.share < other.share ? -1 : 1;

function firstOf<Each>(all: readonly Each[], countMax: number, isMeant: (each: Each) => boolean): Each[] {
  const found: Each[] = [];
  for (const each of all) {
    if (found.length === countMax) break;
    if (isMeant(each)) found.push(each);
  }
  return found;
}
