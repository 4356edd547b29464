import type { AccountId } from '../../src/ledger/accounts.ts';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import type { State } from '../../src/ledger/state.ts';
import { WORK } from '../support/fixtures.ts';
import { accountsOf as allAccounts, CHANNELS, CLIENTLESS, CLIENTS, PROJECTS, TEAMS, UNBOUND } from './organisation.ts';

/** What somebody might try about everything that there is: mostly in vain, and what they are told then must not tell. */
export function* wishesAbout(state: State, by: string): Generator<CommandBody> {
  for (const clientId of CLIENTS) {
    yield { kind: 'rename_client', clientId, name: 'Another name' };
    yield { kind: 'close_client', clientId };
    yield { kind: 'reopen_client', clientId };
    yield { kind: 'set_approvals_channel', clientId, channelId: 'C0UNBOUND' };
    for (const isOn of [true, false]) yield { kind: 'set_client_digest', clientId, isOn };
    yield { kind: 'create_project', projectId: 'another', clientId, name: 'Another name', dueAt: null, stage: 'final' };
    for (const channelId of [...CHANNELS, UNBOUND]) {
      for (const ifUnbound of [true, false]) yield { kind: 'bind_channel', channelId, clientId, ifUnbound };
    }
  }
  for (const projectId of PROJECTS) {
    yield { kind: 'change_project', projectId, name: 'Another name', dueAt: null, stage: 'final' };
    yield { kind: 'close_project', projectId };
    yield { kind: 'reopen_project', projectId };
    for (const channelId of CHANNELS) yield { kind: 'bind_project', channelId, threadTs: null, projectId };
  }
  for (const teamId of TEAMS) {
    yield { kind: 'rename_team', teamId, name: 'Another name' };
    yield { kind: 'delete_team', teamId };
    yield { kind: 'restore_team', teamId };
  }
  for (const memberId of state.members.keys()) {
    yield { kind: 'set_role', memberId, role: 'viewer' };
    yield { kind: 'set_manages', memberId, clientIds: ['clid1'], teamIds: ['tmid1'] };
    yield { kind: 'set_teams', memberId, teamIds: ['tmid1'] };
    yield { kind: 'suspend_member', memberId, reason: '' };
    yield { kind: 'remove_member', memberId, reason: '' };
    yield { kind: 'bring_back_member', memberId, role: 'creator' };
    yield { kind: 'set_delegate', toId: memberId, untilAt: state.lastAt + 3_600_000 };
  }
  const accounts = allAccounts(state);
  for (const [index, account] of accounts.entries()) {
    const limit = { kind: 'set_limit' as const, account, over: 'refuse' as const, rollOverMaxCredits: null };
    yield { ...limit, window: 'month', limitCredits: 900_000_000 };
    yield { ...limit, window: 'day', limitCredits: 900_000_000 };
    yield { kind: 'grant', grantId: 'another', account, amountCredits: 5, expiresAt: null, reason: 'More' };
    const to = accounts[(index * 7 + 3) % accounts.length] ?? account;
    yield* moves(account, to);
    yield* moves(to, account);
    if (/^(?:client|member):[^@]+$/.test(account))
      yield { kind: 'set_rule', scope: account as `client:${string}`, rule: null };
  }
  for (const channelId of [...CHANNELS, UNBOUND, CLIENTLESS]) {
    for (const projectId of [null, ...PROJECTS]) yield hold(channelId, projectId);
  }
  for (const { requestId } of state.requests.values()) {
    yield { kind: 'approve', requestId, how: { kind: 'once' }, seen: [] };
    yield {
      kind: 'approve',
      requestId,
      how: { kind: 'until', amountCredits: 1, expiresAt: state.lastAt + 1 },
      seen: [],
    };
    yield { kind: 'deny', requestId, reason: 'No' };
    yield { kind: 'withdraw', requestId };
  }
  yield { kind: 'resume_spending', stopId: state.stop?.stopId ?? 'none' };
  yield { kind: 'correct_clock', wrongAt: state.lastAt };
  yield { kind: 'add_member', memberId: 'U0NEW', role: 'owner' };
  yield { kind: 'create_team', teamId: 'another', name: `Of ${by}` };
}

function* moves(from: AccountId, to: AccountId): Generator<CommandBody> {
  for (const window of ['day', 'month', 'quarter', 'total'] as const) {
    yield { kind: 'move_budget', from, to, window, amountCredits: 900_000_000 };
  }
}

const hold = (channelId: string, projectId: string | null): CommandBody => ({
  kind: 'hold',
  imagesCount: 1,
  eachCredits: 3,
  channelId,
  threadTs: null,
  projectId,
  work: WORK,
  timeoutMs: 3_600_000,
  contentDigest: 'digest',
});
