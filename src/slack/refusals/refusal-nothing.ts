import { clientAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { bold, channelMention, type Inline, name, person } from '../kit/parts.ts';
import type { RefusalContext } from './refusal-limit.ts';

/** It is so already, and nothing was changed: what is so comes first. */
export const nothingChanged = (refusal: Refusal & { reason: 'nothing_changed' }, to: RefusalContext): Inline[] => [
  ...whatIsSo(refusal, to),
  '. Nothing was changed.',
];

function whatIsSo({ stands }: Refusal & { reason: 'nothing_changed' }, { names, audience }: RefusalContext): Inline[] {
  switch (stands.kind) {
    case 'member_added':
      return [person(stands.memberId), ' is already in Inkwell'];
    case 'role_set':
      return [person(stands.memberId), ' is already ', bold(stands.role)];
    case 'manages_set':
      return [person(stands.memberId), ' already manages exactly these'];
    case 'teams_set':
      return [person(stands.memberId), stands.teamIds.length > 0 ? ' is already in these teams' : ' isn’t in any team'];
    case 'delegate_set':
      return stands.toId === null
        ? ['You already handle your own approvals']
        : [person(stands.toId), ' already handles your approvals until then'];
    case 'team_renamed':
      return ['The team is already called ', name(stands.name)];
    case 'team_deleted':
    case 'team_restored':
      return [stands.kind === 'team_deleted' ? 'The team is already deleted' : 'The team is already there'];
    case 'client_renamed':
      return audience === 'internal'
        ? ['The client is already called ', name(stands.name)]
        : ['The client already has that name'];
    case 'client_reopened':
    case 'project_reopened':
      return [stands.kind === 'client_reopened' ? 'The client is already open' : 'The project is already open'];
    case 'project_changed':
      return ['The project already has this name, date and stage'];
    case 'approvals_channel_set':
      return ['Approvals for this client already go there'];
    case 'client_digest_set':
      return [
        stands.isOn
          ? 'This client’s channels already get a weekly digest'
          : 'This client’s channels already get no weekly digest',
      ];
    case 'channel_bound': {
      if (stands.clientId === null) return [channelMention(stands.channelId), ' already has no client'];
      const called = names?.[clientAccount(stands.clientId)];
      return [
        channelMention(stands.channelId),
        ' already belongs to ',
        called === undefined ? 'that client' : name(called),
      ];
    }
    case 'project_bound':
      return [
        channelMention(stands.channelId),
        stands.projectId === null ? ' already has no project' : ' already counts toward that project',
      ];
    case 'limit_set':
      return [stands.limitCredits === null ? 'There is already no such limit' : 'This is already the limit'];
    case 'rule_set':
      return [stands.rule === null ? 'There is already no such rule' : 'This is already the rule'];
    case 'quality_capped':
      return [
        stands.cap === null
          ? 'This client’s qualities aren’t capped'
          : 'This client’s qualities are already capped until then',
      ];
    case 'policy_set':
      return ['This setting is already in place'];
    case 'image_marked':
      return [stands.mark === null ? 'The image has no mark' : `The image is already marked as ${stands.mark}`];
    case 'stage_set':
      return [`The image already counts as ${stands.stage}`];
    case 'alerts_muted':
      return [stands.untilAt === null ? 'These alerts aren’t muted' : 'These alerts are already muted until then'];
    case 'use_expected':
      return ['This use is already expected'];
    case 'escalated':
      return ['The owners have already been asked'];
  }
}
