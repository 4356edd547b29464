import type { SetUpChange } from '../app/changes/reversible-change.ts';
import type { ChangeRow } from '../app/people/changes-view.ts';
import { type ChangeFacts, isAboutClients, isAboutPeople } from '../ledger/kinds/change-kinds.ts';
import type { RaisedLimit } from '../ledger/requests.ts';
import type { Names } from './accounts.ts';
import { describeClients } from './describe-clients.ts';
import { describeLimits } from './describe-limits.ts';
import { describePeople } from './describe-people.ts';
import { projectChangedFrom } from './describe-projects.ts';
import { created, type Part, renamed } from './parts.ts';

/** What a line of the ledger changed, or a form that was saved. */
export type Change = ChangeFacts | SetUpChange;

/**
 * Says what changed, in a sentence without its full stop. A kind of change without words does not compile. `raised`: what
 * is still known of the limits that an approval raised.
 */
export const describeChange = (change: Change, names: Names, raised: readonly RaisedLimit[] = []): Part[] =>
  'after' in change ? describeSetUp(change, names) : describeLine(change, names, raised);

/** The same of a row of a history, with the names of its time. */
export const describeRow = (row: Pick<ChangeRow, 'facts' | 'raised' | 'namesThen'>, names: Names): Part[] =>
  describeChange(row.facts, namesOfRow(row, names), row.raised);

export const namesOfRow = ({ namesThen }: Pick<ChangeRow, 'namesThen'>, names: Names): Names => ({
  ...names,
  ...namesThen,
});

function describeLine(facts: ChangeFacts, names: Names, raised: readonly RaisedLimit[] = []): Part[] {
  if (isAboutPeople(facts)) return describePeople(facts, names);
  return isAboutClients(facts) ? describeClients(facts, names) : describeLimits(facts, names, raised);
}

/** What a form changed is said as the line that came of it. */
function describeSetUp(change: SetUpChange, names: Names): Part[] {
  switch (change.kind) {
    case 'limit': {
      const { account, window, before, after } = change;
      const figures = { over: 'refuse', rollOverMaxCredits: null } as const;
      const was = before === null ? {} : { before: { ...figures, limitCredits: before } };
      return describeLine({ kind: 'limit_set', account, window, limitCredits: after, ...figures, ...was }, names);
    }
    case 'name': {
      const { before, after } = change;
      return before === '' ? created('client', after) : renamed('client', before, after);
    }
    case 'client_digest':
      return describeLine({ kind: 'client_digest_set', clientId: change.clientId, isOn: change.after }, names);
    case 'role':
      return describeLine({ kind: 'role_set', memberId: change.memberId, role: change.after }, names);
    case 'teams': {
      const teamIds = change.after.split(',').filter((id) => id !== '');
      return describeLine({ kind: 'teams_set', memberId: change.memberId, teamIds }, names);
    }
    case 'suspended': {
      const { memberId, after } = change;
      if (after) return describeLine({ kind: 'member_suspended', memberId, reason: '' }, names);
      return describeLine({ kind: 'member_resumed', memberId }, names);
    }
    case 'channel': {
      const { channelId, before, after } = change;
      const was = before === after ? {} : { before };
      return describeLine({ kind: 'channel_bound', channelId, clientId: after, ...was }, names);
    }
    case 'closed':
      return describeLine(closingOf(change), names);
    case 'project': {
      const { before, after } = change;
      return before.name === '' ? created('project', after.name) : projectChangedFrom(before, after);
    }
    case 'place': {
      const { channelId, threadTs, after } = change;
      return describeLine({ kind: 'project_bound', channelId, threadTs, projectId: after }, names);
    }
  }
}

function closingOf({ of, id, after }: SetUpChange & { kind: 'closed' }): ChangeFacts {
  switch (of) {
    case 'client':
      return { kind: after ? 'client_closed' : 'client_reopened', clientId: id };
    case 'project':
      return { kind: after ? 'project_closed' : 'project_reopened', projectId: id };
    case 'team':
      return { kind: after ? 'team_deleted' : 'team_restored', teamId: id };
  }
}
