import {
  type ChangeFacts,
  type ClientsChange,
  isAboutClients,
  isAboutPeople,
  type LimitsChange,
  type PeopleChange,
} from '../../app/people/change-kinds.ts';
import { type AccountId, clientAccount, parseAccount, projectAccount, teamAccount } from '../../ledger/accounts.ts';
import type { RaisedLimit } from '../../ledger/requests.ts';
import { credits, extraCredits, number } from '../../words/figures.ts';
import { hasLimit } from '../kit/limit-words.ts';
import { bold, channelMention, cutTo, dateToken, type Inline, listUpTo, name, person } from '../kit/parts.ts';
import { approvedWords } from './change-words-approved.ts';
import { policyWords, ruleWords } from './change-words-rules.ts';

export type Names = Readonly<Record<string, string>>;

const APPOINTED = {
  variable: 'named by INKWELL_OWNER_ID when no owner was left',
  operator: 'appointed on the machine that Inkwell runs on',
} as const;
const MANY = 4;

/** What a line changed, in a sentence without its full stop. `raised`: what an approval raised, and from where. */
export function changeWords(facts: ChangeFacts, names: Names, raised: readonly RaisedLimit[] = []): Inline[] {
  if (isAboutPeople(facts)) return aboutPeople(facts, names);
  return isAboutClients(facts) ? aboutClients(facts, names) : aboutLimits(facts, names, raised);
}

function aboutPeople(facts: PeopleChange, names: Names): Inline[] {
  switch (facts.kind) {
    case 'member_added':
      return [person(facts.memberId), ' joined as ', bold(facts.role)];
    case 'role_set':
      return [person(facts.memberId), ' became ', bold(facts.role)];
    case 'manages_set':
      return [
        person(facts.memberId),
        ' manages ',
        ...these([...facts.clientIds.map(clientAccount), ...facts.teamIds.map(teamAccount)], names, 'nothing'),
      ];
    case 'teams_set':
      return [person(facts.memberId), ' is in ', ...these(facts.teamIds.map(teamAccount), names, 'no team')];
    case 'member_suspended':
      return [person(facts.memberId), ' was suspended', ...because(facts.reason)];
    case 'member_resumed':
      return [person(facts.memberId), ' is no longer suspended'];
    case 'member_removed':
      return [person(facts.memberId), ' was removed', ...because(facts.reason)];
    case 'member_brought_back':
      return [person(facts.memberId), ' was brought back as ', bold(facts.role)];
    case 'owner_appointed':
      return [person(facts.memberId), ' became ', bold('owner'), `, ${APPOINTED[facts.how]}`];
    case 'delegate_set':
      return facts.toId === null || facts.untilAt === null
        ? ['Handles their own approvals again']
        : [person(facts.toId), ' handles their approvals until ', dateToken(facts.untilAt)];
    case 'team_created':
      return ['Team ', name(facts.name), ' was created'];
    case 'team_renamed':
      return ['A team was renamed ', name(facts.name)];
    case 'policy_set':
      return policyWords(facts.policy);
    case 'spending_stopped':
      return [`Spending was stopped because line ${number(facts.brokenSeq)} of the ledger failed its check`];
    case 'spending_resumed':
      return ['Spending resumed after a check of the whole ledger'];
    case 'clock_corrected':
      return ['The ledger’s time was corrected. It showed ', dateToken(facts.wrongAt)];
    case 'workspace_opened':
      return ['Inkwell was set up, with ', person(facts.ownerId), ' as owner'];
  }
}

function aboutLimits(facts: LimitsChange, names: Names, raised: readonly RaisedLimit[]): Inline[] {
  switch (facts.kind) {
    case 'limit_set': {
      const { limitCredits, before } = facts;
      const from = before && before.limitCredits !== limitCredits ? `previously ${number(before.limitCredits)}` : null;
      return [...nameOf(facts.account, names), ...hasLimit({ ...facts, from })];
    }
    case 'budget_moved':
      return [
        bold(credits(facts.amountCredits)),
        ' moved from ',
        ...nameOf(facts.from, names),
        ' to ',
        ...nameOf(facts.to, names),
      ];
    case 'granted': {
      const until: Inline[] = facts.expiresAt === null ? [] : [' until ', dateToken(facts.expiresAt)];
      return [
        bold(extraCredits(facts.amountCredits)),
        ' for ',
        ...nameOf(facts.account, names),
        ...until,
        ...because(facts.reason),
      ];
    }
    case 'approved':
      return approvedWords(facts, (account) => nameOf(account, names), raised);
    case 'rule_set':
      return ruleWords(facts, (account) => nameOf(account, names));
  }
}

function aboutClients(facts: ClientsChange, names: Names): Inline[] {
  switch (facts.kind) {
    case 'client_created':
      return ['Client ', name(facts.name), ' was created'];
    case 'client_renamed':
      return ['A client was renamed ', name(facts.name)];
    case 'client_closed':
      return [...nameOf(clientAccount(facts.clientId), names), ' was closed'];
    case 'client_reopened':
      return [...nameOf(clientAccount(facts.clientId), names), ' was reopened'];
    case 'approvals_channel_set': {
      const where: Inline[] = facts.channelId === null ? ['each approver directly'] : [channelMention(facts.channelId)];
      return ['Approvals for ', ...nameOf(clientAccount(facts.clientId), names), ' go to ', ...where];
    }
    case 'channel_bound':
      return [
        channelMention(facts.channelId),
        ' belongs to ',
        ...(facts.clientId === null ? ['no client'] : nameOf(clientAccount(facts.clientId), names)),
        ...(facts.before ? [', previously to ', ...nameOf(clientAccount(facts.before), names)] : []),
      ];
    case 'channel_id_changed':
      return ['Slack gave ', channelMention(facts.toChannelId), ' a new id. Everything linked to it was kept'];
    case 'project_created':
      return ['Project ', name(facts.name), ' was created for ', ...nameOf(clientAccount(facts.clientId), names)];
    case 'project_changed':
      return ['Project ', name(facts.name), ' was changed'];
    case 'project_closed':
      return ['Project ', ...nameOf(projectAccount(facts.projectId), names), ' was closed'];
    case 'project_reopened':
      return ['Project ', ...nameOf(projectAccount(facts.projectId), names), ' was reopened'];
    case 'project_bound':
      return [
        facts.threadTs === null ? '' : 'A thread in ',
        channelMention(facts.channelId),
        ' counts toward ',
        ...(facts.projectId === null ? ['no project'] : nameOf(projectAccount(facts.projectId), names)),
      ];
  }
}

/** What people wrote: rich text, in which nothing pings; and short. */
const because = (reason: string): Inline[] => (reason === '' ? [] : [`: “${cutTo(reason, 100)}”`]);

function these(accounts: readonly AccountId[], names: Names, none: string): Inline[] {
  if (accounts.length === 0) return [none];
  return listUpTo(
    accounts.map((account) => name(names[account] ?? account)),
    MANY,
  );
}

function nameOf(accountId: AccountId, names: Names): Inline[] {
  const account = parseAccount(accountId);
  switch (account?.kind) {
    case 'member':
      return [person(account.memberId)];
    case 'member_in_client':
      return [person(account.memberId), ' for ', name(names[accountId] ?? account.clientId)];
    case 'client':
    case 'team':
    case 'project':
      return [name(names[accountId] ?? accountId.slice(accountId.indexOf(':') + 1))];
    case 'agency':
    case undefined:
      return [bold('The agency')];
  }
}
