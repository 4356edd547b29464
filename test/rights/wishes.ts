import { limitName } from '../../src/ledger/accounts.ts';
import { type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { exceededNow } from '../../src/ledger/rights/approval-authority.ts';
import type { State } from '../../src/ledger/state.ts';
import { WORK } from '../support/fixtures.ts';
import { limitsWishes, MUCH } from './limits-wishes.ts';
import { CHANNELS, NEW, OLIVIA, SPARE_CHANNEL } from './worlds.ts';

/** Everything that somebody could ask of the ledger here, with few values each: whether they may is for the ledger to say. */

export type Act = CommandBody & { by: string };

/** The created client and project; the second of each would be no new way. */
export const SHADOW = 'shadow';
const HOUR_MS = 3_600_000;

export function actsOf(state: State): Act[] {
  const actors = state.members.filter(({ memberId, status }) => memberId !== OLIVIA && status === 'active');
  return [
    ...[...actors.keys()].sort().flatMap((by) => wishesOf(state, by).map((wish) => ({ by, ...wish }))),
    ...ends(state),
  ];
}

function wishesOf(state: State, by: string): CommandBody[] {
  return [...peopleWishes(state, by), ...clientsWishes(state), ...limitsWishes(state), ...spending(state)];
}

function peopleWishes({ clients, teams, members, lastAt: at }: State, by: string): CommandBody[] {
  const everything = { clientIds: [...clients.keys()], teamIds: [...teams.keys()] };
  const everybody = [...new Set([...members.keys(), NEW])].sort();
  const others = everybody.filter((id) => id !== by);
  return [
    ...(['creator', 'manager', 'owner'] as const).map(
      (role): CommandBody => ({ kind: 'add_member', memberId: NEW, role }),
    ),
    ...everybody.flatMap((memberId): CommandBody[] => [
      { kind: 'set_role', memberId, role: 'owner' },
      { kind: 'set_role', memberId, role: 'manager' },
      { kind: 'set_role', memberId, role: 'creator' },
      { kind: 'set_manages', memberId, ...everything },
      { kind: 'set_teams', memberId, teamIds: [] },
      { kind: 'suspend_member', memberId, reason: '' },
      { kind: 'resume_member', memberId },
      { kind: 'remove_member', memberId, reason: '' },
      { kind: 'bring_back_member', memberId, role: 'creator' },
    ]),
    ...others.map((toId): CommandBody => ({ kind: 'set_delegate', toId, untilAt: at + 24 * HOUR_MS })),
    { kind: 'create_team', teamId: SHADOW, name: SHADOW },
    { kind: 'rename_team', teamId: 'film', name: 'Motion' },
    { kind: 'delete_team', teamId: 'film' },
    { kind: 'restore_team', teamId: 'film' },
  ];
}

function clientsWishes({ clients, projects }: State): CommandBody[] {
  const clientIds = [...clients.keys()].sort();
  const projectIds = [...projects.keys()].sort();
  return [
    { kind: 'create_client', clientId: SHADOW, name: SHADOW },
    ...clientIds.flatMap((clientId): CommandBody[] => [
      { kind: 'rename_client', clientId, name: `${clientId} again` },
      { kind: 'close_client', clientId },
      { kind: 'reopen_client', clientId },
      { kind: 'set_approvals_channel', clientId, channelId: SPARE_CHANNEL },
      { kind: 'set_client_digest', clientId, isOn: true },
      { kind: 'create_project', projectId: `${clientId}-job`, clientId, name: 'Job', dueAt: null, stage: 'final' },
      ...CHANNELS.map((channelId): CommandBody => ({ kind: 'bind_channel', channelId, clientId, ifUnbound: false })),
    ]),
    ...CHANNELS.flatMap((channelId): CommandBody[] => [
      { kind: 'bind_channel', channelId, clientId: null, ifUnbound: false },
      ...[null, ...projectIds].map(
        (projectId): CommandBody => ({ kind: 'bind_project', channelId, threadTs: null, projectId }),
      ),
    ]),
    ...projectIds.flatMap((projectId): CommandBody[] => [
      { kind: 'change_project', projectId, name: 'Another', dueAt: null, stage: 'concept' },
      { kind: 'close_project', projectId },
      { kind: 'reopen_project', projectId },
    ]),
  ];
}

export const holdOf = (
  channelId: string,
  eachCredits: number,
  projectId: string | null = null,
  imagesCount = 1,
): CommandBody => ({
  kind: 'hold',
  imagesCount,
  eachCredits,
  channelId,
  threadTs: null,
  projectId,
  work: WORK,
  timeoutMs: 600_000,
  contentDigest: 'digest',
});

/** A little, and so much that a limit asks or refuses; then what becomes of the requests. */
function spending(state: State): CommandBody[] {
  const { requests, lastAt: at } = state;
  const bound = CHANNELS.filter((channelId) => typeof state.channels.get(channelId) === 'string');
  const open = [...requests.values()].filter(({ end }) => end === null);
  return [
    ...bound.flatMap((channelId) => [3, 5, 14].map((credits) => holdOf(channelId, credits))),
    ...open.flatMap((request): CommandBody[] => {
      const { requestId } = request;
      const exceeded = exceededNow(state, request, at);
      const seen = exceeded.map(limitName);
      const limits = exceeded.map(({ account, window }) => ({ account, window, limitCredits: MUCH }));
      const until = (amountCredits: number): CommandBody => {
        return { kind: 'approve', requestId, seen, how: { kind: 'until', amountCredits, expiresAt: at + HOUR_MS } };
      };
      return [
        { kind: 'approve', requestId, seen, how: { kind: 'once' } },
        until(MUCH),
        until(10),
        { kind: 'approve', requestId, seen, how: { kind: 'raise', limits } },
        { kind: 'deny', requestId, reason: '' },
        { kind: 'withdraw', requestId },
      ];
    }),
  ];
}

/** What the product makes of open holds, whoever they belong to. */
const ends = ({ holds }: State): Act[] =>
  [...holds.values()]
    .sort((a, b) => a.holdId.localeCompare(b.holdId))
    .flatMap(({ holdId, amountCredits }): Act[] => [
      { by: INKWELL, kind: 'capture', holdId, capturedCredits: amountCredits, costMicroUsd: 1 },
      { by: INKWELL, kind: 'void', holdId, reason: 'refused' },
    ]);
