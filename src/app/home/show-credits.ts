import {
  type AccountId,
  AGENCY,
  clientAccount,
  memberAccount,
  memberInClientAccount,
  projectAccount,
  teamAccount,
} from '../../ledger/accounts.ts';
import { boundProject } from '../../ledger/decide/hold.ts';
import { type Place, placeKey, placeNow } from '../../ledger/lists/channel-ids.ts';
import { clientsByName } from '../../ledger/lists/client-lists.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { leastLeft } from '../../ledger/usage/least-left.ts';
import { usageOf } from '../../ledger/usage/standings.ts';
import { usableStandings } from '../../ledger/usage/usable.ts';
import { windowEndsAt, windowKeysAt } from '../../ledger/usage/windows.ts';
import { type Audience, PeopleFault } from '../../ports/ports.ts';
import { privateAudience } from '../../ports/reply-address.ts';
import type { AppContext } from '../context.ts';
import { lazyRows } from '../lazy-rows.ts';
import { lessSaid } from '../limits/less-said.ts';
import { limitContacts } from '../limits/limit-contacts.ts';
import type { CreditsView, Part, ProjectPart } from './credits-view.ts';

/** `from`: typed in the channel, which Slack vouches for; or named by a form, which has to be looked at. */
export type CreditsLook = {
  by: string;
  /** Null: in no channel. */
  place: Place | null;
  from?: 'channel' | 'form';
};

/** What a person, the channel's client and, for those who may see it, the agency have left. */
export async function showCredits(
  context: AppContext,
  { by, place: given, from = 'form' }: CreditsLook,
): Promise<CreditsView> {
  const place = given && placeNow(context.book.now(), given);
  const audience = await privateAudience(context.channels, place?.channelId ?? null, by);
  const isHere = place !== null && (from === 'channel' || (await isIn(context, place.channelId, by)));
  const state = await context.book.read();
  return creditsView(state, {
    by,
    place: isHere ? place : null,
    audience,
    at: Math.max(context.clock.now(), state.lastAt),
  });
}

/** A form names a channel that its reader chose: what its client may use is for those who are in it. */
export async function isIn({ channels }: AppContext, channelId: string, by: string): Promise<boolean> {
  try {
    return await channels.has(channelId, by);
  } catch (error) {
    if (error instanceof PeopleFault) return false;
    throw error;
  }
}

type Reader = { by: string; at: number };
type Look = { by: string; place: Place | null; audience: Audience; at: number };

export function creditsView(state: State, { by, place, audience, at }: Look): CreditsView {
  const reader = { by, at };
  const seesAgency = may(state, by, 'see_agency');
  const clientId = place ? state.channels.get(place.channelId) : undefined;
  const client = clientId && may(state, by, 'see_client') ? state.clients.get(clientId) : undefined;
  return {
    audience,
    memberId: by,
    role: state.members.get(by)?.role ?? 'viewer',
    own: part(state, memberAccount(by), reader),
    client: client ? { name: client.name, ...part(state, clientAccount(client.clientId), reader) } : null,
    project: client && place ? projectPart(state, { ...place, clientId: client.clientId }, reader) : null,
    ownInClient: client ? limited(part(state, memberInClientAccount(by, client.clientId), reader)) : null,
    teams: teamParts(state, reader),
    agency: seesAgency ? part(state, AGENCY, reader) : null,
    clients: seesAgency ? rowsOf(state, clientsByName(state.clients), reader) : [],
    get leastLeft() {
      return seesAgency ? rowsOf(state, leastLeft(state, at, LEAST_LEFT_MAX), reader) : [];
    },
    channelId: place?.channelId ?? null,
    boundToNone: clientId === null,
    helperIds: limitContacts(state, memberAccount(by)),
  };
}

const limited = (of: Part): Part | null => (of.standings.length > 0 ? of : null);

function teamParts(state: State, reader: Reader): CreditsView['teams'] {
  const { by } = reader;
  const { teamIds = [] } = may(state, by, 'see_own') ? (state.members.get(by) ?? {}) : {};
  return teamIds.flatMap((teamId) => {
    const of = limited(part(state, teamAccount(teamId), reader));
    return of ? [{ name: state.teams.get(teamId)?.name ?? '', ...of }] : [];
  });
}

/** What images asked for there count for besides the client; a closed project too, because it is in the way of them. */
export function projectPart(
  state: State,
  { clientId, ...place }: Place & { clientId: string },
  reader: Reader,
): ProjectPart | null {
  const projectId = boundProject(state, place, clientId);
  const project = projectId === null ? undefined : state.projects.get(projectId);
  if (!project) return null;
  const { name } = project;
  const isOfThread = place.threadId !== null && state.places.get(placeKey(place)) === projectId;
  const account = projectAccount(project.projectId);
  return { projectId: project.projectId, name, of: isOfThread ? 'thread' : 'channel', ...part(state, account, reader) };
}

/** One more than a message lists: the channel's own client is told of by itself. */
const LEAST_LEFT_MAX = 21;

const rowsOf = (state: State, clientIds: readonly string[], reader: Reader): CreditsView['clients'] =>
  lazyRows(clientIds, (clientId) => ({
    name: state.clients.get(clientId)?.name ?? '',
    ...part(state, clientAccount(clientId), reader),
  }));

/** How an account stands, as far as `by` may know why less than that can be used. */
export function part(state: State, account: AccountId, { by, at }: Reader): Part {
  const { settings } = state;
  if (!settings) return { account, standings: [], usedThisMonthCredits: 0, heldCredits: 0 };
  const keys = windowKeysAt(at, settings);
  return {
    account,
    standings: usableStandings(state, account, at).map((standing) => ({
      ...standing,
      resetsAt: windowEndsAt(standing.window, at, settings),
    })),
    less: lessSaid(state, { by, account, at }),
    usedThisMonthCredits: usageOf(state, account, keys.month).usedCredits,
    heldCredits: usageOf(state, account, keys.total).heldCredits,
  };
}
