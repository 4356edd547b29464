import { type AccountId, clientAccount, projectAccount } from '../ledger/accounts.ts';
import type { ClientsChange } from '../ledger/kinds/change-kinds.ts';
import { accountParts, labelFrom, type Names } from './accounts.ts';
import { projectChanged } from './describe-projects.ts';
import { channel, created, moment, type Part, renamed } from './parts.ts';

/** What a line changed of clients, their projects and the channels of both. */
export function describeClients(facts: ClientsChange, names: Names): Part[] {
  const of = (account: AccountId, at?: 'Start') => accountParts(labelFrom(account, names), at ?? 'Inside');
  switch (facts.kind) {
    case 'client_created':
      return created('client', facts.name);
    case 'client_renamed':
      return renamed('client', facts.before ?? null, facts.name);
    case 'client_closed':
      return [...of(clientAccount(facts.clientId), 'Start'), ' was closed'];
    case 'client_reopened':
      return [...of(clientAccount(facts.clientId), 'Start'), ' was reopened'];
    case 'approvals_channel_set': {
      const where = facts.channelId === null ? 'each approver directly' : channel(facts.channelId);
      return ['Approvals for ', ...of(clientAccount(facts.clientId)), ' go to ', where];
    }
    case 'client_digest_set':
      return [
        'The channels of ',
        ...of(clientAccount(facts.clientId)),
        facts.isOn ? ' get a weekly digest' : ' no longer get a weekly digest',
      ];
    case 'channel_bound':
      return [
        channel(facts.channelId),
        ' belongs to ',
        ...(facts.clientId === null ? ['no client'] : of(clientAccount(facts.clientId))),
        ...(facts.before ? [', previously to ', ...of(clientAccount(facts.before))] : []),
      ];
    case 'channel_id_changed':
      return ['Slack gave ', channel(facts.toChannelId), ' a new id. Everything linked to it was kept'];
    case 'project_created':
      return [...created('project', facts.name), ' for ', ...of(clientAccount(facts.clientId))];
    case 'project_changed':
      return projectChanged(facts.name);
    case 'project_closed':
      return [...of(projectAccount(facts.projectId), 'Start'), ' was closed'];
    case 'project_reopened':
      return [...of(projectAccount(facts.projectId), 'Start'), ' was reopened'];
    case 'project_bound':
      return [
        ...(facts.threadTs === null ? [] : ['The thread of ', moment(Number(facts.threadTs) * 1000), ' in ']),
        channel(facts.channelId),
        ' counts toward ',
        ...(facts.projectId === null ? ['no project'] : of(projectAccount(facts.projectId))),
      ];
  }
}
