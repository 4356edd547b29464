import { type Place, placeNow } from '../../ledger/lists/channel-ids.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { findProject, type ProjectProblem } from './find-project.ts';

/** `project`: its name as typed, or its id; null unbinds the place. */
export type ProjectBinding = { place: Place; project: string | null };

export type ProjectBound =
  | { ok: true; projectName: string | null }
  | { ok: false; refusal: Refusal }
  | { ok: false; problem: ProjectProblem };

/** Images asked for in a channel, or in one thread of it, count for a project from now on. */
export async function bindProject(
  context: AppContext,
  { deliveryId, by, place, project }: ChangeInput<ProjectBinding>,
): Promise<ProjectBound> {
  const state = await context.book.read();
  const { channelId, threadId: threadTs } = placeNow(state, place);
  const clientId = state.channels.get(channelId);
  if (clientId === undefined) return { ok: false, refusal: { reason: 'channel_unbound', channelId } };
  if (clientId === null) return { ok: false, refusal: { reason: 'channel_without_client', channelId } };
  const found = project === null ? null : findProject(state, { clientId, typed: project });
  // If the id is another client's project, the ledger refuses it.
  const isOfOther = found && !found.ok && found.problem.reason === 'unknown' && state.projects.has(project ?? '');
  if (found && !found.ok && !isOfOther) return found;
  const projectId = found?.ok ? found.projectId : project;
  const command = { kind: 'bind_project' as const, channelId, threadTs, projectId };
  const bound = await submitChange(context, { deliveryId, by, command });
  if (!bound.ok) return bound;
  return { ok: true, projectName: (projectId && context.book.now().projects.get(projectId)?.name) || null };
}
