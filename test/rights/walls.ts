import type { Line } from '../../src/ledger/lines.ts';
import type { Limit, Member, State } from '../../src/ledger/state.ts';
import type { Window } from '../../src/ledger/usage/windows.ts';

/**
 * What an owner's limits forbid to everybody else, said in other words than the ledger's own rules: from the organisation
 * as the owner left it. Each wall is a bound on credits that lines of its kind may add up to, whoever did what since.
 */
export type Wall = {
  name: string;
  window: Window;
  capCredits: number;
  /** A limit that asks may be gone over with extra credits that somebody else gave with a say of their own. */
  isHard: boolean;
  covers(line: Spent): boolean;
  /** The accounts whose extra credits those are. */
  accounts: ReadonlySet<string>;
};

export type Spent = Pick<Line & { kind: 'held' }, 'memberId' | 'clientId' | 'channelId'>;

const WINDOWS: readonly Window[] = ['day', 'week', 'month', 'quarter', 'year', 'total'];

export function wallsOf(start: State): Wall[] {
  return [
    ...agencyWalls(start),
    ...groupsOf(start).flatMap((group) => groupWalls(start, group)),
    ...teamWalls(start),
    ...personWalls(start),
    ...closedWalls(start),
  ];
}

const stops = ({ over }: Limit) => over !== 'warn';
const limitsOf = (state: State, account: string) => (state.limits.get(account as 'agency') ?? []).filter(stops);

const agencyWalls = (start: State): Wall[] =>
  limitsOf(start, 'agency').map((limit) => wall('the agency', limit, ['agency'], () => true));

const wall = (
  name: string,
  { window, limitCredits, over }: Limit,
  accounts: string[],
  covers: Wall['covers'],
): Wall => ({
  name,
  window,
  capCredits: limitCredits,
  isHard: over === 'refuse',
  covers,
  accounts: new Set(accounts),
});

/** Open clients that one manager could move credits between: what they may use together is what an owner allowed. */
function groupsOf({ clients, members }: State): string[][] {
  const groups = new Map<string, Set<string>>();
  for (const { clientId, closedAt } of clients.values())
    if (closedAt === null) groups.set(clientId, new Set([clientId]));
  for (const { manages, role } of members.values()) {
    if (role !== 'manager') continue;
    const [first, ...others] = manages.clientIds.filter((id) => groups.has(id));
    for (const other of first === undefined ? [] : others) {
      const merged = new Set([...(groups.get(first as string) ?? []), ...(groups.get(other) ?? [])]);
      for (const id of merged) groups.set(id, merged);
    }
  }
  return [...new Set(groups.values())].map((group) => [...group].sort());
}

/** Twice: what refuses, for itself; and all that stops, with the channels and whatever clients others created since. */
function groupWalls(start: State, group: readonly string[]): Wall[] {
  return WINDOWS.flatMap((window) => {
    const limited = group.flatMap((id) =>
      limitsOf(start, `client:${id}`).flatMap((limit) => (limit.window === window ? [{ id, ...limit }] : [])),
    );
    const hard = limited.filter(({ over }) => over === 'refuse');
    return [
      ...(hard.length > 0 ? [groupWall(window, hard, true, () => false)] : []),
      ...(limited.length > 0 ? [groupWall(window, limited, false, isElsewhere(start, limited))] : []),
    ];
  });
}

type Limited = Limit & { id: string };

function groupWall(window: Window, limited: readonly Limited[], isHard: boolean, isMore: Wall['covers']): Wall {
  const ids = limited.map(({ id }) => id);
  return {
    name: `${isHard ? 'refusing' : 'limited'} clients ${ids.join('+')}`,
    window,
    capCredits: limited.reduce((sum, { limitCredits }) => sum + limitCredits, 0),
    isHard,
    covers: (line) => ids.includes(line.clientId) || isMore(line),
    accounts: new Set(ids.map((id) => `client:${id}`)),
  };
}

const isElsewhere =
  (start: State, limited: readonly Limited[]): Wall['covers'] =>
  ({ clientId, channelId }) =>
    !start.clients.has(clientId) || limited.some(({ id }) => id === start.channels.get(channelId));

const teamWalls = (start: State): Wall[] =>
  [...start.teams.keys()].flatMap((teamId) =>
    limitsOf(start, `team:${teamId}`).map((limit) =>
      wall(
        `team ${teamId}`,
        limit,
        [`team:${teamId}`],
        ({ memberId }) => start.members.get(memberId)?.teamIds.includes(teamId) === true,
      ),
    ),
  );

/** A person's limits are walls unless another manager may raise them, up to a limit above that is a wall itself. */
function personWalls(start: State): Wall[] {
  const { members, clients } = start;
  return [...members.values()].flatMap((person) => {
    const { memberId } = person;
    const isLed = person.role === 'creator' || person.role === 'viewer';
    const everywhere = limitsOf(start, `member:${memberId}`).filter(
      (limit) =>
        !(
          isLed &&
          isCovered(
            start,
            limit,
            person.teamIds.filter((id) => isManaged(start, 'teamIds', id)).map((id) => `team:${id}`),
          )
        ),
    );
    const inClients = [...clients.keys()].flatMap((clientId) =>
      limitsOf(start, `member:${memberId}@client:${clientId}`)
        .filter((limit) => !(isLed && isCovered(start, limit, [`client:${clientId}`])))
        .map((limit) =>
          wall(
            `${memberId} in ${clientId}`,
            limit,
            [`member:${memberId}@client:${clientId}`],
            (line) => line.memberId === memberId && line.clientId === clientId,
          ),
        ),
    );
    return [
      ...everywhere.map((limit) => wall(memberId, limit, [`member:${memberId}`], (line) => line.memberId === memberId)),
      ...inClients,
      ...suspension(start, person),
    ];
  });
}

const isManaged = ({ members }: State, of: 'teamIds' | 'clientIds', id: string) =>
  members.some(({ role, manages }) => role === 'manager' && manages[of].includes(id));

const isCovered = (start: State, { window }: Limit, wider: readonly string[]) =>
  [...wider, 'agency'].some((account) =>
    limitsOf(start, account).some((limit) => WINDOWS.indexOf(limit.window) >= WINDOWS.indexOf(window)),
  );

function suspension({ members }: State, { memberId, status, statusBy }: Member): Wall[] {
  if (status !== 'suspended' || members.get(statusBy)?.role !== 'owner') return [];
  return [nothing(`${memberId}, whom an owner suspended`, (line) => line.memberId === memberId)];
}

const closedWalls = ({ clients }: State): Wall[] =>
  [...clients.values()]
    .filter(({ closedAt }) => closedAt !== null)
    .map(({ clientId }) => nothing(`${clientId}, which is closed`, (line) => line.clientId === clientId));

const nothing = (name: string, covers: Wall['covers']): Wall => ({
  name,
  window: 'total',
  capCredits: 0,
  isHard: true,
  covers,
  accounts: new Set(),
});
