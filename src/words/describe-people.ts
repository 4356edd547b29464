import { type AccountId, clientAccount, teamAccount } from '../ledger/accounts.ts';
import type { PeopleChange } from '../ledger/kinds/change-kinds.ts';
import type { Names } from './accounts.ts';
import { policyParts } from './describe-policy.ts';
import { number } from './figures.ts';
import { because, called, created, listedUpTo, member, moment, type Part, renamed, strong, until } from './parts.ts';

const APPOINTED = {
  variable: 'named by INKWELL_OWNER_ID when no owner was left',
  operator: 'appointed on the machine that Inkwell runs on',
} as const;
/** A person may be in as many teams. */
const NAMES_MAX = 5;

/** What a line changed of people, and of how the agency is run. */
export function describePeople(facts: PeopleChange, names: Names): Part[] {
  switch (facts.kind) {
    case 'member_added':
      return [member(facts.memberId), ' joined as ', strong(facts.role)];
    case 'role_set':
      return [member(facts.memberId), ' became ', strong(facts.role)];
    case 'manages_set': {
      const all = [...facts.clientIds.map(clientAccount), ...facts.teamIds.map(teamAccount)];
      return [member(facts.memberId), ' manages ', ...(all.length > 0 ? these(all, names) : ['nothing'])];
    }
    case 'teams_set': {
      const teams = facts.teamIds.map(teamAccount);
      return [
        member(facts.memberId),
        ...(teams.length > 0 ? [' is in ', ...these(teams, names)] : [' isn’t in any team']),
      ];
    }
    case 'member_suspended':
      return [member(facts.memberId), ' was suspended', ...because(facts.reason)];
    case 'member_resumed':
      return [member(facts.memberId), ' is no longer suspended'];
    case 'member_removed':
      return [member(facts.memberId), ' was removed', ...because(facts.reason)];
    case 'member_brought_back':
      return [member(facts.memberId), ' was brought back as ', strong(facts.role)];
    case 'owner_appointed':
      return [member(facts.memberId), ' became ', strong('owner'), `, ${APPOINTED[facts.how]}`];
    case 'delegate_set':
      return facts.toId === null || facts.untilAt === null
        ? ['Handles their own approvals again']
        : [member(facts.toId), ' handles their approvals', ...until(facts.untilAt)];
    case 'team_created':
      return created('team', facts.name);
    case 'team_deleted':
      return ['The team ', called(nameOfTeam(facts.teamId, names)), ' was deleted'];
    case 'team_restored':
      return ['The team ', called(nameOfTeam(facts.teamId, names)), ' was restored'];
    case 'team_renamed':
      return renamed('team', facts.before ?? null, facts.name);
    case 'policy_set':
      return policyParts(facts.policy);
    case 'spending_stopped':
      return [`Spending was stopped because line ${number(facts.brokenSeq)} of the ledger failed its check`];
    case 'spending_resumed':
      return ['Spending resumed after a check of the whole ledger'];
    case 'clock_corrected':
      return ['The ledger’s time was corrected. It showed ', moment(facts.wrongAt)];
    case 'workspace_opened':
      return ['Inkwell was set up, with ', member(facts.ownerId), ' as owner'];
  }
}

const nameOfTeam = (teamId: string, names: Names) => names[teamAccount(teamId)] ?? teamId;

const these = (accounts: readonly AccountId[], names: Names): Part[] =>
  listedUpTo(
    accounts.map((account) => called(names[account] ?? account)),
    NAMES_MAX,
  );
