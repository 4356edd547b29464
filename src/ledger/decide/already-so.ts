import { type Command, INKWELL } from '../commands/commands.ts';
import type { Facts } from '../lines.ts';
import { channelNow, placeKey } from '../lists/channel-ids.ts';
import type { State } from '../state.ts';
import { figuresOf, sameFigures } from '../usage/standings.ts';

/** What can be asked for where it is so already. */
export type AlreadySo = Extract<
  Facts,
  {
    kind:
      | 'policy_set'
      | 'member_added'
      | 'role_set'
      | 'manages_set'
      | 'teams_set'
      | 'delegate_set'
      | 'team_renamed'
      | 'client_renamed'
      | 'client_reopened'
      | 'approvals_channel_set'
      | 'channel_bound'
      | 'project_changed'
      | 'project_reopened'
      | 'project_bound'
      | 'limit_set'
      | 'rule_set'
      | 'escalated';
  }
>;

/**
 * What a command asked for, where it is so already: it changes nothing, and is answered by a refusal instead of a deed.
 * Every kind has its place here. False for what is new each time, and for what its own decision refuses the second time.
 */
export function isAlreadySo(
  state: State,
  facts: Facts,
  { by, at }: Pick<Command, 'by'> & { at: number },
): facts is AlreadySo {
  const now = <Id extends string | null>(channelId: Id) => (channelId && channelNow(state, channelId)) as Id;
  switch (facts.kind) {
    case 'policy_set': {
      const { name, value } = facts.policy;
      return isSame(state.settings?.[name], value);
    }
    case 'member_added':
      return state.members.has(facts.memberId);
    case 'role_set':
      return isSameRole(state, facts, by);
    case 'manages_set': {
      const manages = state.members.get(facts.memberId)?.manages;
      return sameSet(manages?.clientIds, facts.clientIds) && sameSet(manages?.teamIds, facts.teamIds);
    }
    case 'teams_set':
      return sameSet(state.members.get(facts.memberId)?.teamIds, facts.teamIds);
    case 'delegate_set':
      return isSameDelegate(state, facts, { by, at });
    case 'team_renamed':
      return state.teams.get(facts.teamId)?.name === facts.name;
    case 'client_renamed':
      return state.clients.get(facts.clientId)?.name === facts.name;
    case 'client_reopened':
      return state.clients.get(facts.clientId)?.closedAt === null;
    case 'approvals_channel_set':
      return isSame(state.clients.get(facts.clientId)?.approvalsChannelId, now(facts.channelId));
    case 'channel_bound':
      return state.channels.get(now(facts.channelId)) === facts.clientId;
    case 'project_changed':
      return isSameProject(state, facts);
    case 'project_reopened':
      return state.projects.get(facts.projectId)?.closedAt === null;
    case 'project_bound':
      return isSame(state.places.get(placeKey({ ...facts, channelId: now(facts.channelId) })) ?? null, facts.projectId);
    case 'limit_set': {
      const { limitCredits, over, rollOverMaxCredits } = facts;
      const wanted = limitCredits === null ? null : { limitCredits, over, rollOverMaxCredits };
      return sameFigures(figuresOf(state, facts.account, facts.window), wanted);
    }
    case 'rule_set':
      return isSame(inOrder(state.rules.get(facts.scope) ?? null), inOrder(facts.rule));
    case 'escalated':
      return (state.requests.get(facts.requestId)?.escalatedAt ?? null) !== null;
    case 'owner_appointed':
    case 'clock_corrected':
    case 'channel_id_changed':
    case 'workspace_opened':
    case 'member_suspended':
    case 'member_resumed':
    case 'member_removed':
    case 'member_brought_back':
    case 'team_created':
    case 'client_created':
    case 'client_closed':
    case 'project_created':
    case 'project_closed':
    case 'budget_moved':
    case 'granted':
    case 'spending_stopped':
    case 'spending_resumed':
    case 'held':
    case 'captured':
    case 'voided':
    case 'slipped':
    case 'asked':
    case 'approved':
    case 'denied':
    case 'withdrawn':
    case 'lapsed':
    case 'refused':
      return false;
  }
}

/** A role that the product gave is confirmed by another person: Slack alone does not take it away again. */
function isSameRole({ members }: State, { memberId, role }: Facts & { kind: 'role_set' }, by: string): boolean {
  const member = members.get(memberId);
  return member?.role === role && (by === INKWELL || by === memberId || member.roleBy !== INKWELL);
}

function isSameProject({ projects }: State, facts: Facts & { kind: 'project_changed' }): boolean {
  const { name, dueAt, stage } = projects.get(facts.projectId) ?? {};
  return name === facts.name && dueAt === facts.dueAt && stage === facts.stage;
}

function isSameDelegate(
  { members }: State,
  facts: Facts & { kind: 'delegate_set' },
  { by, at }: { by: string; at: number },
): boolean {
  const present = members.get(by)?.delegate;
  const now = present && present.untilAt > at ? present : null;
  return (now?.toId ?? null) === facts.toId && (now?.untilAt ?? null) === facts.untilAt;
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const sameSet = (one: readonly string[] = [], other: readonly string[]) =>
  isSame([...new Set(one)].sort(), [...new Set(other)].sort());

const inOrder = (rule: (Facts & { kind: 'rule_set' })['rule']) =>
  rule && [rule.imagesMax, rule.priceMaxCredits, rule.models?.toSorted(), rule.qualities?.toSorted()];
