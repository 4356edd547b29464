import { parseAccount } from '../../ledger/accounts.ts';
import type { ProjectView } from '../clients/projects-view.ts';
import type { SetLimits, SetupView } from '../messenger.ts';
import { type SetUpChange, writeIds } from './reversible-change.ts';

/**
 * Returns the change with the present value as its `before`, as far as the reader of `setup` may see it. Null where no person
 * has decided yet, or where it is about nothing known.
 */
export function withCurrent(setup: SetupView, change: SetUpChange): SetUpChange | null {
  switch (change.kind) {
    case 'limit': {
      const before = limitOf(setup, change);
      return before === undefined ? null : { ...change, before };
    }
    case 'name':
    case 'client_digest': {
      const client = setup.clients.find(({ clientId }) => clientId === change.clientId);
      if (!client) return null;
      return change.kind === 'name' ? { ...change, before: client.name } : { ...change, before: client.hasDigest };
    }
    case 'role': {
      const member = memberIn(setup, change);
      return member ? { ...change, before: member.role } : null;
    }
    case 'teams': {
      const member = memberIn(setup, change);
      return member ? { ...change, before: writeIds(member.teamIds) } : null;
    }
    case 'suspended': {
      const member = memberIn(setup, change);
      return member && member.status !== 'removed' ? { ...change, before: member.status === 'suspended' } : null;
    }
    case 'channel': {
      const owner = setup.clients.find(({ channelIds }) => channelIds.includes(change.channelId));
      if (owner) return { ...change, before: owner.clientId };
      return setup.channelsOfNone.includes(change.channelId) ? { ...change, before: null } : null;
    }
    case 'closed': {
      const { of, id } = change;
      if (of === 'team') return withTeam(setup, change);
      const found = of === 'client' ? setup.clients.find(({ clientId }) => clientId === id) : projectIn(setup, id);
      return found ? { ...change, before: found.isClosed } : null;
    }
    case 'project': {
      const found = projectIn(setup, change.projectId);
      return found ? { ...change, before: { name: found.name, dueOn: found.dueOn, stage: found.stage } } : null;
    }
    case 'place': {
      const bound = allProjects(setup).find((project) => isBound(project, change));
      return { ...change, before: bound?.projectId ?? null };
    }
  }
}

function withTeam({ teams, deletedTeams }: SetupView, change: SetUpChange & { kind: 'closed' }): SetUpChange | null {
  const isIt = ({ teamId }: { teamId: string }) => teamId === change.id;
  if (teams.some(isIt)) return { ...change, before: false };
  return deletedTeams.some(isIt) ? { ...change, before: true } : null;
}

export const projectIn = (setup: SetupView | null, id: string): ProjectView | undefined =>
  setup ? allProjects(setup).find(({ projectId }) => projectId === id) : undefined;

const allProjects = ({ clients }: SetupView) => clients.flatMap(({ projects }) => projects);

const memberIn = (setup: SetupView, change: { memberId: string }) =>
  setup.members.find(({ memberId }) => memberId === change.memberId);

const isBound = (
  { channelIds, threads }: ProjectView,
  { channelId, threadTs }: { channelId: string; threadTs: string | null },
): boolean =>
  threadTs === null
    ? channelIds.includes(channelId)
    : threads.some((each) => each.channelId === channelId && each.threadId === threadTs);

function limitOf(setup: SetupView, { account, window }: SetUpChange & { kind: 'limit' }): number | null | undefined {
  const parsed = parseAccount(account);
  const creditsIn = (limits: SetLimits) => limits.find((limit) => limit.window === window)?.limitCredits ?? null;
  switch (parsed?.kind) {
    case 'project':
      return window === 'total' ? projectIn(setup, parsed.projectId)?.budgetCredits : undefined;
    case 'agency':
      return setup.agency ? creditsIn(setup.agency.limits) : undefined;
    case 'client': {
      const client = setup.clients.find(({ clientId }) => clientId === parsed.clientId);
      return client && creditsIn(client.limits);
    }
    // A person that Inkwell does not know has no limit.
    case 'member':
      return creditsIn(setup.members.find(({ memberId }) => memberId === parsed.memberId)?.limits ?? []);
    case 'team':
    case 'member_in_client':
    case undefined:
      return undefined;
  }
}
