import { projectAccount } from '../../ledger/accounts.ts';
import { type Place, placeNow } from '../../ledger/lists/channel-ids.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Audience } from '../../ports/ports.ts';
import { privateAudience } from '../../ports/reply-address.ts';
import type { AppContext } from '../context.ts';
import type { ProjectPart } from '../home/credits-view.ts';
import { isIn, projectPart } from '../home/show-credits.ts';
import { findProject, type ProjectProblem } from './find-project.ts';
import { type ProjectView, projectsShown } from './projects-view.ts';

/** `typed`: the name of a project to look for; null where none was typed. `from`: as in `CreditsLook`. */
export type ProjectsLook = {
  by: string;
  place: Place | null;
  typed: string | null;
  from?: 'channel' | 'form';
};

/** What a person is shown of projects in a channel, or a thread of it. */
export type ProjectsView = {
  audience: Audience;
  /** As in a form, which only its reader sees: `shared` to guests alone. */
  formFace: Audience;
  /** Of the channel; null where it has none, or the person may not know of it. */
  client: { clientId: string; name: string } | null;
  bound: ProjectPart | null;
  /** All of the client's, open ones first. */
  projects: readonly ProjectView[];
  /** What was named. */
  chosenId: string | null;
  problem: ProjectProblem | null;
  mayBind: boolean;
  /** Whether the person may make images: no other reader is told that no limit stops them. */
  makes: boolean;
};

const NOTHING = {
  client: null,
  bound: null,
  projects: [],
  chosenId: null,
  problem: null,
  mayBind: false,
  makes: false,
} as const;

export async function showProjects(
  context: AppContext,
  { by, place: given, typed, from = 'form' }: ProjectsLook,
): Promise<ProjectsView> {
  const place = given && placeNow(context.book.now(), given);
  const audience = await privateAudience(context.channels, place?.channelId ?? null, by);
  const formFace = await context.channels.audience(null, by);
  const isHere = place !== null && (from === 'channel' || (await isIn(context, place.channelId, by)));
  if (!isHere) return { audience, formFace, ...NOTHING };
  const state = await context.book.read();
  const clientId = state.channels.get(place.channelId) ?? null;
  const client = clientId === null || !may(state, by, 'see_client') ? undefined : state.clients.get(clientId);
  if (!client) return { audience, formFace, ...NOTHING };
  const at = Math.max(context.clock.now(), state.lastAt);
  const found = typed === null ? null : findProject(state, { clientId: client.clientId, typed });
  const projects = projectsShown(state, client.clientId, { by, at });
  const [first] = projects;
  return {
    audience,
    formFace,
    client: { clientId: client.clientId, name: client.name },
    bound: projectPart(state, { ...place, clientId: client.clientId }, { by, at }),
    projects,
    chosenId: found?.ok ? found.projectId : null,
    problem: found && !found.ok ? found.problem : null,
    mayBind: first !== undefined && may(state, by, 'bind_project', { account: projectAccount(first.projectId) }),
    makes: may(state, by, 'hold'),
  };
}
