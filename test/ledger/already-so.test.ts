import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { type Asked, agency, CREATOR, capture, hold, limit, MANAGER, OWNER } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { answerTo } from '../support/history.ts';

const rule = { imagesMax: 2, priceMaxCredits: null, models: ['b', 'a'], qualities: null };
const project = { projectId: 'p1', name: 'Spring', dueAt: 5, stage: 'final' } as const;

/** Said once, each of them changes something; said again, it does not. */
const AGAIN: [string, Asked[], CommandBody, Partial<CommandBody>?][] = [
  ['member_added', [], { kind: 'add_member', memberId: 'UNEW', role: 'viewer' }, { role: 'creator' }],
  ['role_set', [], { kind: 'set_role', memberId: CREATOR, role: 'viewer' }],
  [
    'manages_set',
    [],
    { kind: 'set_manages', memberId: MANAGER, clientIds: ['acme', 'zeta'], teamIds: [] },
    { clientIds: ['zeta', 'acme', 'zeta'] },
  ],
  ['teams_set', [], { kind: 'set_teams', memberId: CREATOR, teamIds: ['film'] }],
  ['delegate_set', [], { kind: 'set_delegate', toId: CREATOR, untilAt: 1_800_000_900_000 }],
  ['team_renamed', [], { kind: 'rename_team', teamId: 'film', name: 'Films' }],
  ['team_deleted', [], { kind: 'delete_team', teamId: 'film' }],
  ['team_restored', [{ kind: 'delete_team', teamId: 'film' }], { kind: 'restore_team', teamId: 'film' }],
  ['client_renamed', [], { kind: 'rename_client', clientId: 'acme', name: 'Acme 2' }],
  ['client_reopened', [{ kind: 'close_client', clientId: 'acme' }], { kind: 'reopen_client', clientId: 'acme' }],
  ['approvals_channel_set', [], { kind: 'set_approvals_channel', clientId: 'acme', channelId: 'C7' }],
  ['client_digest_set', [], { kind: 'set_client_digest', clientId: 'acme', isOn: true }],
  ['channel_bound', [], { kind: 'bind_channel', channelId: 'C7', clientId: 'acme', ifUnbound: false }],
  ['channel_bound', [], { kind: 'bind_channel', channelId: 'C7', clientId: null, ifUnbound: false }],
  ['project_changed', [], { kind: 'change_project', ...project }],
  ['project_reopened', [{ kind: 'close_project', projectId: 'p1' }], { kind: 'reopen_project', projectId: 'p1' }],
  ['project_bound', [], { kind: 'bind_project', channelId: 'C1', threadTs: null, projectId: 'p1' }],
  ['limit_set', [], limit('client:acme', 'day', 12, { over: 'ask' })],
  ['limit_set', [limit('client:acme', 'week', 12)], limit('client:acme', 'week', null)],
  ['rule_set', [], { kind: 'set_rule', scope: 'client:acme', rule }, { rule: { ...rule, models: ['a', 'b'] } }],
  [
    'quality_capped',
    [],
    { kind: 'cap_quality', clientId: 'acme', cap: { qualities: ['low', 'high'], untilAt: 1_800_000_900_000 } },
    { cap: { qualities: ['high', 'low'], untilAt: 1_800_000_900_000 } },
  ],
  ['image_marked', [], { kind: 'mark_image', holdId: 'm/1', mark: 'keep' }],
  ['stage_set', [], { kind: 'set_stage', holdId: 'm/1', stage: 'final' }],
  ['alerts_muted', [], { kind: 'mute_alerts', account: 'client:acme', untilAt: 1_800_000_900_000 }],
  ['use_expected', [], { kind: 'expect_use', account: 'client:acme', hourMaxCredits: 9, untilAt: 1_800_000_900_000 }],
  ['policy_set', [], { kind: 'set_policy', policy: { name: 'burst', value: { requestsMax: 3, withinMs: 60_000 } } }],
];

const past: Asked[] = [
  ...agency(),
  { kind: 'create_client', clientId: 'zeta', name: 'Zeta' },
  { kind: 'create_team', teamId: 'film', name: 'Film' },
  { kind: 'create_project', projectId: 'p1', clientId: 'acme', name: 'Fall', dueAt: null, stage: 'concept' },
  { ...hold(1), commandId: 'm' },
  capture('m/1', 1),
];

describe('a command that changes nothing', () => {
  test.each(AGAIN.map(([kind, before, wish, again = {}]) => ({ kind, before, wish, again })))(
    'is no deed: $kind',
    ({ kind, before, wish, again }) => {
      const first = { ...wish, by: OWNER, at: 1_800_000_000_000 } as Asked;
      const once = given(past, before)
        .when(first)
        .then({ kind: kind as 'role_set' });
      const said = { ...first, ...again, commandId: 'again' } as Asked;
      given(past, before, first)
        .when(said)
        .thenRefused({ reason: 'nothing_changed', stands: { kind: kind as 'role_set' } });
      expect(once.line.kind).toBe(kind);
    },
  );

  test('stays one, whatever comes later: its id was answered', () => {
    const { state } = given(past, { kind: 'set_role', memberId: CREATOR, role: 'creator', by: OWNER });
    const { line } = answerTo(state, { kind: 'set_role', memberId: CREATOR, role: 'creator', by: OWNER });
    expect(line).toMatchObject({ kind: 'refused', wish: 'set_role', accounts: [], balances: [] });
  });
});
