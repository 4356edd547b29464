import { type App, createApp } from '../../src/app/app.ts';
import type { AccountId } from '../../src/ledger/accounts.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Role } from '../../src/ledger/roles.ts';
import { ON_EXCEEDED, type State } from '../../src/ledger/state.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { WINDOWS } from '../../src/ledger/usage/windows.ts';
import type { Person } from '../../src/ports/ports.ts';
import { syncMembers } from '../../src/slack/platform/sync-members.ts';
import { WORK } from '../support/fixtures.ts';
import { createWorld, type TestWorld } from '../support/world.ts';
import { type Dice, dice } from './dice.ts';

/**
 * A random agency with a past. Whatever it has can be recognised wherever it is shown: each client, team and project has a
 * mark in its id, in its name and in what was written about it (`clid3`, `Clname3`), and every figure is large and
 * random, so that no two accounts have one in common unless one of them is all there is of the other.
 */

export const OWNERS = ['U0OLIV', 'U0OWEN'] as const;
export const MANAGERS = ['U0MAVI', 'U0MBEN', 'U0MCAT', 'U0MNIL'] as const;
const MAKERS = ['U0CARA', 'U0CBOB', 'U0CDAN', 'U0CEVE', 'U0GUES'] as const;
const OTHERS = ['U0VERA', 'U0GLEN', 'U0SUSP', 'U0REMO'] as const;
export const PEOPLE = [...OWNERS, ...MANAGERS, ...MAKERS, ...OTHERS] as const;
/** Guests of the workspace: one looks on, one may make images, and an owner who has become one since. */
const GUESTS: readonly string[] = ['U0GLEN', 'U0GUES'];

export const CLIENTS = ['clid1', 'clid2', 'clid3', 'clid4'] as const;
export const TEAMS = ['tmid1', 'tmid2', 'tmid3'] as const;
export const PROJECTS = ['pjid1', 'pjid2', 'pjid3', 'pjid4', 'pjid5'] as const;
export const CHANNELS = ['C0RED', 'C0GREEN', 'C0BLUE', 'C0GOLD'] as const;
export const UNBOUND = 'C0UNBOUND';
export const CLIENTLESS = 'C0NONE';
export const nameOf = (id: string) => `${id.charAt(0).toUpperCase()}${id.slice(1).replace('id', 'name')} Works`;

export type Organisation = {
  seed: number;
  roll: Dice;
  world: TestWorld;
  app: App;
  isGuest(memberId: string): boolean;
  isIn(channelId: string, memberId: string): boolean;
  isShared(channelId: string): boolean;
};

export async function randomOrganisation(seed: number): Promise<Organisation> {
  const roll = dice(seed);
  const guests = new Set([...GUESTS, ...(roll.chance(3) ? ['U0OWEN'] : []), ...(roll.chance(4) ? ['U0MCAT'] : [])]);
  const inside = new Map<string, Set<string>>(
    [...CHANNELS, UNBOUND].map((id) => [id, new Set<string>(roll.some(PEOPLE))]),
  );
  const isIn = (channelId: string, memberId: string) => inside.get(channelId)?.has(memberId) ?? false;
  const isGuest = (memberId: string) => guests.has(memberId);
  const isShared = (channelId: string) => [...(inside.get(channelId) ?? [])].some(isGuest);
  const base = await createWorld();
  const look = async (userId: string): Promise<Person> => ({
    userId,
    name: userId.slice(2).toLowerCase(),
    kind: isGuest(userId) ? 'guest' : 'member',
    timeZone: 'Europe/London',
  });
  const world = Object.assign(base, {
    people: {
      look,
      names: async () => new Map(PEOPLE.map((userId) => [userId, userId.slice(2).toLowerCase()])),
      forget: () => {},
    },
    channels: {
      has: async (channelId: string, userId: string) => isIn(channelId, userId),
      audience: async (channelId: string | null, readerId: string) => {
        if (isGuest(readerId)) return 'shared' as const;
        return channelId !== null && isShared(channelId) ? ('shared' as const) : ('internal' as const);
      },
      forget: () => {},
    },
  });
  const org: Organisation = { seed, roll, world, app: syncMembers(createApp(world)), isGuest, isIn, isShared };
  await foundIt(org);
  await spend(org);
  await limitIt(org);
  await changePeople(org);
  return org;
}

let commands = 0;

/** What is refused is no part of the past. */
async function submit({ world }: Organisation, by: string, wish: CommandBody): Promise<boolean> {
  commands += 1;
  return (await world.book.submit({ commandId: `given-${commands}`, by, ...wish })).ok;
}

async function foundIt(org: Organisation): Promise<void> {
  const { roll } = org;
  const [owner] = OWNERS;
  await submit(org, INKWELL, {
    kind: 'open_workspace',
    ownerId: owner,
    timeZone: roll.one(['Europe/Berlin', 'America/Santiago', 'Asia/Kathmandu']),
    weekStartsOn: roll.below(7),
    creditValueMicroUsd: 10_000,
    markupBasisPoints: 15_000,
    defaultRole: 'creator',
  });
  const roleOf = (memberId: string): Role => {
    if (OWNERS.some((each) => each === memberId)) return 'owner';
    if (MANAGERS.some((each) => each === memberId)) return 'manager';
    return MAKERS.some((each) => each === memberId) ? 'creator' : memberId === 'U0GLEN' ? 'viewer' : 'creator';
  };
  for (const memberId of PEOPLE.slice(1)) {
    await submit(org, owner, { kind: 'add_member', memberId, role: roleOf(memberId) });
  }
  await submit(org, owner, { kind: 'set_role', memberId: 'U0VERA', role: 'viewer' });
  for (const [index, clientId] of CLIENTS.entries()) {
    await submit(org, owner, { kind: 'create_client', clientId, name: nameOf(clientId) });
    await submit(org, owner, { kind: 'bind_channel', channelId: CHANNELS[index] ?? '', clientId, ifUnbound: true });
  }
  await submit(org, owner, { kind: 'bind_channel', channelId: CLIENTLESS, clientId: null, ifUnbound: true });
  for (const teamId of TEAMS) await submit(org, owner, { kind: 'create_team', teamId, name: nameOf(teamId) });
  for (const projectId of PROJECTS) {
    const of = { clientId: roll.one(CLIENTS), name: nameOf(projectId), dueAt: null, stage: 'concept' as const };
    await submit(org, owner, { kind: 'create_project', projectId, ...of });
  }
  for (const memberId of PEOPLE) {
    await submit(org, owner, { kind: 'set_teams', memberId, teamIds: roll.some(TEAMS) });
  }
  for (const memberId of MANAGERS.slice(0, 3)) {
    await submit(org, owner, {
      kind: 'set_manages',
      memberId,
      clientIds: roll.some(CLIENTS),
      teamIds: roll.some(TEAMS),
    });
  }
  for (const channelId of CHANNELS) {
    if (roll.chance(2)) {
      const projectId = roll.one(PROJECTS);
      await submit(org, owner, { kind: 'bind_project', channelId, threadTs: null, projectId });
    }
  }
}

async function spend(org: Organisation): Promise<void> {
  const { roll, world } = org;
  const spenders = [...OWNERS, ...MANAGERS, ...MAKERS, 'U0SUSP', 'U0REMO'];
  for (let count = 0; count < 22; count += 1) {
    if (roll.chance(3)) world.clock.set(world.clock.now() + roll.below(40) * 3_600_000);
    const channelId = roll.one(CHANNELS);
    const commandId = `past-${org.seed}-${count}`;
    const answer = await world.book.submit({
      commandId,
      by: roll.one(spenders),
      kind: 'hold',
      imagesCount: 1,
      eachCredits: roll.figure(),
      channelId,
      threadTs: null,
      projectId: roll.chance(3) ? roll.one(PROJECTS) : null,
      work: WORK,
      timeoutMs: 20 * 3_600_000,
      contentDigest: 'digest',
    });
    if (!answer.ok || answer.line.kind !== 'held') continue;
    const [hold] = answer.line.holds;
    if (!hold || roll.chance(6)) continue;
    const { holdId } = hold;
    if (roll.chance(8)) await submit(org, INKWELL, { kind: 'slip', holdId });
    else {
      const capturedCredits = hold.amountCredits - roll.below(50_000);
      await submit(org, INKWELL, { kind: 'capture', holdId, capturedCredits, costMicroUsd: roll.figure() });
    }
  }
}

/** Some have room, and some are just full, so that the next request is refused, asked about or warned of. */
async function limitIt(org: Organisation): Promise<void> {
  const { roll, world } = org;
  const [owner] = OWNERS;
  // In every other organisation it is clients alone that are full, so that their managers are asked, and not the owners.
  const ofClients = org.seed % 2 === 0;
  // Each organisation does without two of them: with all, every request meets a limit that is full, and none is warned of.
  const windows = WINDOWS.filter((_, index) => index % 3 !== org.seed % 3);
  for (const account of accountsOf(world.book.now())) {
    for (const window of roll.some(windows)) {
      if (!roll.chance(account === 'agency' ? 1 : 2)) continue;
      const isOfClient = /client:/.test(account);
      const ofFull = /clid4/.test(account) ? ('warn' as const) : ('ask' as const);
      const over = ofClients && isOfClient ? ofFull : roll.one([...ON_EXCEEDED, 'ask', 'ask'] as const);
      const rollOverMaxCredits = window === 'month' && roll.chance(2) ? roll.figure() : null;
      const limit = { kind: 'set_limit' as const, account, window, over, rollOverMaxCredits };
      await submit(org, owner, { ...limit, limitCredits: 9_000_000 + roll.figure() });
      if (!roll.chance(ofClients ? 2 : 4) || (ofClients && !isOfClient)) continue;
      const { lastAt } = world.book.now();
      const standing = standings(world.book.now(), account, lastAt).find((each) => each.window === window);
      const full = (standing?.usedCredits ?? 0) + (standing?.heldCredits ?? 0);
      await submit(org, owner, { ...limit, rollOverMaxCredits: null, limitCredits: full });
    }
    if (!roll.chance(4)) continue;
    const grantId = `g-${account.replaceAll(/[:@]/g, '-')}`;
    const reason = `Why ${account.replace(/^member:[^@]+/, 'somebody')}`;
    await submit(org, owner, {
      kind: 'grant',
      grantId,
      account,
      amountCredits: roll.figure(),
      expiresAt: null,
      reason,
    });
  }
  const limited = [...world.book.now().limits];
  for (let count = 0; count < 8; count += 1) {
    const [from, limits] = roll.one(limited);
    const window = limits[0]?.window ?? 'month';
    const [to] = roll.one(limited.filter(([, others]) => others.some((each) => each.window === window)));
    await submit(org, owner, { kind: 'move_budget', from, to, window, amountCredits: roll.figure() });
  }
  for (const clientId of CLIENTS) {
    if (roll.chance(3)) {
      const rule = { imagesMax: 2, priceMaxCredits: null, models: null, qualities: null };
      await submit(org, owner, { kind: 'set_rule', scope: `client:${clientId}`, rule });
    }
    if (roll.chance(3)) {
      await submit(org, owner, { kind: 'set_approvals_channel', clientId, channelId: roll.one(CHANNELS) });
    }
  }
}

/** Nobody stays where they were: what lies in the past is shown to who somebody is now. */
async function changePeople(org: Organisation): Promise<void> {
  const { roll, world } = org;
  const [owner] = OWNERS;
  await submit(org, owner, { kind: 'suspend_member', memberId: 'U0SUSP', reason: '' });
  await submit(org, owner, { kind: 'remove_member', memberId: 'U0REMO', reason: '' });
  if (roll.chance(3)) {
    await submit(org, owner, { kind: 'set_role', memberId: 'U0MBEN', role: 'creator' });
    await submit(org, owner, { kind: 'set_teams', memberId: 'U0MBEN', teamIds: roll.some(TEAMS) });
  }
  const untilAt = world.book.now().lastAt + 40 * 86_400_000;
  if (roll.chance(2)) {
    const toId = roll.one(['U0CARA', 'U0MNIL']);
    await submit(org, roll.one([...OWNERS, ...MANAGERS]), { kind: 'set_delegate', toId, untilAt });
  }
  if (roll.chance(4)) await submit(org, owner, { kind: 'close_client', clientId: 'clid4' });
  if (roll.chance(3)) await submit(org, owner, { kind: 'close_project', projectId: 'pjid5' });
  if (roll.chance(3)) {
    const policy = { name: 'ownerAboveCredits' as const, value: 3 };
    await submit(org, owner, { kind: 'set_policy', policy });
  }
}

/** Every account that there is, whether anything limits it or not. */
export function accountsOf(state: State): AccountId[] {
  return [
    'agency',
    ...[...state.teams.keys()].map((id): AccountId => `team:${id}`),
    ...[...state.clients.keys()].map((id): AccountId => `client:${id}`),
    ...[...state.projects.keys()].map((id): AccountId => `project:${id}`),
    ...[...state.members.keys()].map((id): AccountId => `member:${id}`),
    ...[...state.use.keys()].filter((account) => account.includes('@')).sort(),
  ];
}
