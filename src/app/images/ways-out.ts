import { type AccountId, AGENCY, isAccount, parseAccount, projectAccount } from '../../ledger/accounts.ts';
import { boundProject } from '../../ledger/decide/hold.ts';
import { projectsOf } from '../../ledger/lists/client-lists.ts';
import { activeWith } from '../../ledger/lists/member-lists.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { withoutAway } from '../../ledger/rights/who-is-there.ts';
import type { Project, State } from '../../ledger/state.ts';
import { PeopleFault } from '../../ports/ports.ts';
import { withChannelNow } from '../clients/channel-changes.ts';
import type { AppContext } from '../context.ts';
import { limitContacts } from '../limits/limit-contacts.ts';
import { type Declined, fittingRequests, isAboutSize } from './fitting-requests.ts';
import type { Askable, WaysOut } from './ways-out-view.ts';

/** Of a person who may make no images: an owner can give them a role, and any of them is asked. */
export const mayAskForRole = (refusal: Refusal): boolean =>
  refusal.reason === 'not_allowed' && refusal.action === 'hold';

/** Null where no click helps: what is in the way ends by itself, or an operator has to mend it. */
export async function waysOut(
  context: AppContext,
  job: Declined & { jobId: string },
  { refusal, prompt }: { refusal: Refusal; prompt: string | null },
): Promise<WaysOut | null> {
  const state = context.book.now();
  const instead = prompt === null ? [] : fittingRequests(context, job, { refusal, prompt });
  const ask = await askable(context, askedAbout(state, refusal, { memberId: job.memberId, at: context.clock.now() }));
  const otherProject = prompt !== null && mayHelpElsewhere(context, job, refusal);
  const role = mayAskForRole(refusal);
  const isSomething = instead.length > 0 || ask !== null || role || otherProject;
  return isSomething ? { jobId: job.jobId, instead, ask, role, otherProject } : null;
}

/** Whether a button needs the prompt. */
export const takesPrompt = ({ instead, otherProject }: WaysOut): boolean => instead.length > 0 || otherProject;

/**
 * The people who can do away with what refused a request; none where the person can do it. Those who are away are asked only where
 * no one else is left.
 */
export function askedAbout(
  state: State,
  refusal: Refusal,
  { memberId, at }: { memberId: string; at: number },
): readonly string[] {
  const all = whoDecides(state, refusal);
  if (all.length === 0 || all.includes(memberId)) return [];
  return firstThere(state, [all, ownersOf(state)], at) ?? all;
}

/** The first group of which someone is there. */
const firstThere = (state: State, groups: readonly (readonly string[])[], at: number) =>
  groups.map((group) => withoutAway(state, group, at)).find((there) => there.length > 0);

function whoDecides(state: State, refusal: Refusal): readonly string[] {
  if (refusal.reason === 'limit_exceeded') {
    return whoRaises(state, [...new Set(refusal.exceeded.map(({ account }) => account))]);
  }
  const isDecided = isAboutSize(refusal) || refusal.reason === 'project_closed' || refusal.reason === 'client_closed';
  return isDecided ? refusalContacts(state, refusal) : [];
}

const ownersOf = (state: State) => activeWith(state, 'owner').map(({ memberId }) => memberId);

/** Those who can raise all of them. Where no manager can, owners can. */
function whoRaises(state: State, accounts: readonly AccountId[]): readonly string[] {
  const [first = [], ...others] = accounts.map((account) => limitContacts(state, account));
  const all = first.filter((memberId) => others.every((contacts) => contacts.includes(memberId)));
  return all.length > 0 ? all : ownersOf(state);
}

/** The people who can help with a refusal: those who set a closed project’s budget reopen it, and a rule’s subject has managers. */
export function refusalContacts(state: State, refusal: Refusal): string[] {
  if (refusal.reason === 'limit_exceeded') return limitContacts(state, refusal.binding.account);
  if (refusal.reason === 'project_closed') return limitContacts(state, projectAccount(refusal.projectId));
  const account = 'scope' in refusal && isAccount(refusal.scope) ? refusal.scope : null;
  // Managers only make a client's rules stricter.
  if (account === null || account.startsWith('client:')) return limitContacts(state, AGENCY);
  return limitContacts(state, account, 'set_rule');
}

async function askable(context: AppContext, askedIds: readonly string[]): Promise<Askable | null> {
  const [first, ...others] = askedIds;
  if (first === undefined) return null;
  const { members } = context.book.now();
  const who = askedIds.every((memberId) => members.get(memberId)?.role === 'owner') ? 'owner' : 'manager';
  return { askedIds, who, name: others.length > 0 ? null : await nameOf(context, first) };
}

async function nameOf({ people, log }: AppContext, memberId: string): Promise<string | null> {
  try {
    return (await people.look(memberId))?.name ?? null;
  } catch (error) {
    if (!(error instanceof PeopleFault)) throw error;
    log.warn({ memberId }, 'a button goes without a name: Slack did not say it');
    return null;
  }
}

/** Where all that is in the way is about projects, and there is another one, or the request may go without. */
function mayHelpElsewhere(context: AppContext, asked: Declined, refusal: Refusal): boolean {
  const state = context.book.now();
  const { place } = withChannelNow(context, asked);
  const clientId = state.channels.get(place.channelId) ?? null;
  const inTheWay = projectsInTheWay(refusal);
  if (clientId === null || inTheWay === null) return false;
  const isFree = ({ projectId, closedAt }: Project) => closedAt === null && !inTheWay.includes(projectId);
  if (projectsOf(state, clientId).some(isFree)) return true;
  return asked.namedProjectId !== null && !inTheWay.includes(boundProject(state, place, clientId) ?? '');
}

/** Null where something else is in the way as well. */
function projectsInTheWay(refusal: Refusal): string[] | null {
  if (refusal.reason === 'limit_exceeded') {
    const accounts = refusal.exceeded.map(({ account }) => parseAccount(account));
    const projectIds = accounts.flatMap((account) => (account?.kind === 'project' ? [account.projectId] : []));
    return projectIds.length === accounts.length ? projectIds : null;
  }
  const isOfProject =
    refusal.reason === 'project_closed' ||
    refusal.reason === 'project_unknown' ||
    refusal.reason === 'project_of_other_client';
  return isOfProject ? [refusal.projectId] : null;
}
