import { projectAccount } from '../../ledger/accounts.ts';
import { channelNow } from '../../ledger/lists/channel-ids.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { Face } from '../../ports/ports.ts';
import type { World } from '../context.ts';
import { isIn, projectPart } from '../home/show-credits.ts';
import { meet } from '../people/sync-member.ts';
import { findProject, type ProjectProblem } from './find-project.ts';
import { type ProjectPart, type ProjectView, projectsShown } from './projects-view.ts';

/** `typed`: a project that somebody named, to be looked for; null where nobody did. `from`: as in `CreditsLook`. */
export type ProjectsLook = {
  by: string;
  channelId: string | null;
  threadTs: string | null;
  typed: string | null;
  from?: 'channel' | 'form';
};

/** What a person is shown of projects in a channel, or a thread of it. */
export type ProjectsView = {
  face: Face;
  /** As in a form, which nobody sees but the reader: `shared` to whoever is a guest themselves. */
  formFace: Face;
  /** Of the channel; null where it has none, or the person may not know of it. */
  client: { clientId: string; name: string } | null;
  bound: ProjectPart | null;
  /** All of the client's, open ones first. */
  projects: readonly ProjectView[];
  /** What was named. */
  chosenId: string | null;
  problem: ProjectProblem | null;
  mayBind: boolean;
};

const NOTHING = { client: null, bound: null, projects: [], chosenId: null, problem: null, mayBind: false } as const;

export async function showProjects(
  world: World,
  { by, channelId: given, threadTs, typed, from = 'form' }: ProjectsLook,
): Promise<ProjectsView> {
  await meet(world, by);
  const channelId = given && channelNow(world.book.now(), given);
  const face = await world.channels.face(channelId, by);
  const formFace = await world.channels.face(null, by);
  const isHere = channelId !== null && (from === 'channel' || (await isIn(world, channelId, by)));
  if (!isHere) return { face, formFace, ...NOTHING };
  const state = await world.book.read();
  const clientId = state.channels.get(channelId) ?? null;
  const client = clientId === null || !may(state, by, 'see_client') ? undefined : state.clients.get(clientId);
  if (!client) return { face, formFace, ...NOTHING };
  const at = Math.max(world.clock.now(), state.lastAt);
  const found = typed === null ? null : findProject(state, { clientId: client.clientId, typed });
  const projects = projectsShown(state, client.clientId, at);
  const [first] = projects;
  return {
    face,
    formFace,
    client: { clientId: client.clientId, name: client.name },
    bound: projectPart(state, { channelId, threadTs, clientId: client.clientId }, at),
    projects,
    chosenId: found?.ok ? found.projectId : null,
    problem: found && !found.ok ? found.problem : null,
    mayBind: first !== undefined && may(state, by, 'bind_project', { account: projectAccount(first.projectId) }),
  };
}
