import type { StopHere } from '../../book/decide-batch.ts';
import { type AccountId, AGENCY, clientAccount, memberAccount, teamAccount } from '../../ledger/accounts.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import { channelsOf, lostCredits } from '../../ledger/lists/client-lists.ts';
import { listed } from '../../ledger/lists/member-lists.ts';
import { checkBinding, isBound } from '../../ledger/rights/ceilings.ts';
import { may } from '../../ledger/rights/rights.ts';
import { ROLES } from '../../ledger/roles.ts';
import type { Client, State } from '../../ledger/state.ts';
import { delegationView } from '../approvals/delegation-view.ts';
import { requestsToDecide } from '../approvals/open-requests.ts';
import { projectsShown } from '../clients/projects-view.ts';
import { clockView } from '../clock/owners.ts';
import type { AppContext } from '../context.ts';
import { loadJob } from '../images/job-lease.ts';
import { jobView } from '../images/job-view.ts';
import { isOfKept } from '../images/next-action.ts';
import { lazyRows } from '../lazy-rows.ts';
import { clientIdsSeenBy, withRight } from '../limits/limit-contacts.ts';
import { type LimitsLook, listLimits } from '../limits/list-limits.ts';
import { qualityCapView } from '../limits/quality-cap-view.ts';
import type { HomeView, JobView, SetLimits, SetupView } from '../messenger.ts';
import type { PeopleLook } from '../people/people-view.ts';
import { showChanges } from '../people/show-changes.ts';
import { showPeople } from '../people/show-people.ts';
import { type Seen, seenBy } from '../people/who-is-seen.ts';
import { lookAtChannels } from './look-at-channels.ts';
import { creditsView, part } from './show-credits.ts';
import { showOverview } from './show-overview.ts';
import { showOwn } from './show-own.ts';

const LATEST_MAX = 5;
/** More names than this do not help anybody. */
const OWNERS_MAX = 3;

/** `overview`, `people`, `changes`, `limits`: what is to be seen of them, where that part of Home is in front. */
export type HomeLook = {
  by: string;
  /** The members whose role, teams and limits are asked for. */
  about?: readonly string[];
  overview?: boolean;
  limits?: LimitsLook;
  people?: PeopleLook;
  changes?: { page: number };
};

/**
 * A person's Home: own balance and latest images, and for those who may, what there is to set up. A person who has become
 * a guest since sees their own.
 */
export async function showHome(
  context: AppContext,
  { by, about = [], overview = false, people, changes, limits }: HomeLook,
): Promise<HomeView> {
  const { audience, state, at, setsUp } = await lookOf(context, by);
  if (setsUp && overview) await lookAtChannels(context, state, by);
  const latest = may(state, by, 'see_own') ? await latestImages(context, by) : [];
  return {
    memberId: by,
    credits: creditsView(state, { by, place: null, audience, at }),
    own: await showOwn(context, state, { by, at, latest, isInFront: overview }),
    overview: setsUp && overview ? await showOverview(context, state, { by, at }) : null,
    toDecide: overview && audience === 'internal' ? await requestsToDecide(context, state, { by, at }) : null,
    latest,
    setup: setsUp ? setupView(context, state, { by, about, at }) : null,
    stop:
      audience === 'internal' && may(state, by, 'resume_spending') ? stopToShow(state, context.book.stoppedHere) : null,
    clock: audience === 'internal' && may(state, by, 'correct_clock') ? clockView(context, state) : null,
    approvals: audience === 'internal' ? delegationView(state, { by, at }) : null,
    people: people ? await showPeople(context, { ...people, by }) : null,
    changes: changes ? await showChanges(context, { ...changes, by }) : null,
    limits: setsUp && limits ? await listLimits(context, state, { ...limits, by, at }) : null,
  };
}

/** What a person may set up, and what they may see of `about`. Null for people who may set up nothing. */
export async function showSetup(
  context: AppContext,
  { by, about = [] }: Pick<HomeLook, 'by' | 'about'>,
): Promise<SetupView | null> {
  const { state, at, setsUp } = await lookOf(context, by);
  return setsUp ? setupView(context, state, { by, about, at }) : null;
}

async function lookOf(context: AppContext, by: string) {
  const audience = await context.channels.audience(null, by);
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  return { audience, state, at, setsUp: audience === 'internal' && may(state, by, 'set_up') };
}

async function latestImages(context: AppContext, memberId: string): Promise<JobView[]> {
  const { workspace } = context.book;
  const jobIds = await context.records.jobs.latest({ workspace, memberId, jobsMax: LATEST_MAX });
  const jobs = await Promise.all(jobIds.map((jobId) => loadJob(context, jobId)));
  // What was kept in a job runs as another one, which is shown.
  const shown = jobs.filter((job) => job !== null && !(job.finished && isOfKept(job)));
  return await Promise.all(shown.flatMap((job) => (job ? [jobView(context, job)] : [])));
}

function setupView(
  context: AppContext,
  state: State,
  look: { by: string; about: readonly string[]; at: number },
): SetupView {
  const { by, at } = look;
  const seesAgency = may(state, by, 'see_agency');
  const clientIds = clientIdsSeenBy(state, by);
  return {
    maySetLimits: may(state, by, 'set_limit'),
    mayCloseClients: may(state, by, 'close_client'),
    maySetRoles: may(state, by, 'set_role'),
    clients: lazyRows(clientIds, (clientId) => clientRow(context, state, clientId, { by, at })),
    mayNotBind: {
      clientIds: isBound(state, by) ? clientIds.filter((clientId) => checkBinding(state, { by, clientId })) : [],
      new: checkBinding(state, { by, clientId: '' }) !== null,
    },
    channelsOfNone: channelsOf(state, null),
    members: seenOf(state, look).map(({ member: { memberId, role, status, teamIds }, figures }) => ({
      memberId,
      role,
      status,
      teamIds: figures === 'all' ? teamIds : [],
      limits: figures === 'all' ? limitsOf(state, memberAccount(memberId)) : [],
    })),
    membersCount: seesAgency
      ? ROLES.reduce((sum, role) => sum + listed(state.members, `present/${role}`).size, 0)
      : null,
    teams: [...state.teams.values()].filter(({ teamId }) =>
      may(state, by, 'see_figures', { account: teamAccount(teamId) }),
    ),
    deletedTeams: may(state, by, 'restore_team')
      ? [...state.deletedTeams.values()].map(({ teamId, name }) => ({ teamId, name }))
      : [],
    agency: seesAgency ? { limits: limitsOf(state, AGENCY) } : null,
    slippedCredits: seesAgency ? lostCredits(state.slips) : 0,
    ownerIds: withRight(state, 'set_role').slice(0, OWNERS_MAX),
  };
}

/** What one who looks for a client passes over is not looked up. */
function clientRow(
  { channels }: AppContext,
  state: State,
  clientId: string,
  { by, at }: { by: string; at: number },
): SetupView['clients'][number] {
  const { name, closedAt, hasDigest } = state.clients.get(clientId) as Client;
  const account = clientAccount(clientId);
  return {
    clientId,
    name,
    isClosed: closedAt !== null,
    hasDigest,
    qualityCap: qualityCapView(state, { by, clientId, at }),
    get projects() {
      return projectsShown(state, clientId, { by, at });
    },
    get channelIds() {
      return channelsOf(state, clientId);
    },
    get outsideIds() {
      return channelsOf(state, clientId).filter((channelId) => channels.hasOutsiders?.(channelId));
    },
    limits: limitsOf(state, account),
    get balance() {
      return may(state, by, 'see_figures', { account, at }) ? part(state, account, { by, at }) : null;
    },
  };
}

function seenOf(state: State, { by, about, at }: { by: string; about: readonly string[]; at: number }): Seen[] {
  const see = seenBy(state, by, at);
  return about.flatMap((memberId) => {
    const member = state.members.get(memberId);
    return (member && see(member)) ?? [];
  });
}

function stopToShow({ stop }: State, here: StopHere | null) {
  if (isStopped(stop)) return { ...stop, isWritten: true };
  return here && { ...here, resumed: null, isWritten: false };
}

const limitsOf = (state: State, account: AccountId): SetLimits =>
  (state.limits.get(account) ?? []).map(({ window, limitCredits }) => ({ window, limitCredits }));
