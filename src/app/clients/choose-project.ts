import { projectAccount } from '../../ledger/accounts.ts';
import { boundProject } from '../../ledger/decide/hold.ts';
import type { Stage } from '../../ledger/work.ts';
import { audienceOfReply } from '../../ports/reply-address.ts';
import type { AppContext } from '../context.ts';
import type { ImageInput } from '../inputs.ts';
import { limitContacts } from '../limits/limit-contacts.ts';
import type { PrivateMessage } from '../messenger.ts';
import { findProject, type ProjectProblem } from './find-project.ts';

type Asking = Pick<ImageInput, 'requester' | 'place' | 'project' | 'stage' | 'prompt'>;

/**
 * `projectId` null: whatever the thread or the channel is bound to when the credits are held. `stage` null: neither the
 * request nor the project says it.
 */
export type ProjectChosen =
  | { ok: true; projectId: string | null; stage: Stage | null }
  | { ok: false; problem: ProjectProblem };

/**
 * The project that was named, among those of the channel's client, and the stage, which is the project's where no request says
 * otherwise. A channel of no client is for the hold to refuse.
 */
export async function chooseProject({ book }: AppContext, { place, project, stage }: Asking): Promise<ProjectChosen> {
  const state = project === null ? book.now() : await book.read();
  const clientId = state.channels.get(place.channelId) ?? null;
  if (clientId === null) return { ok: true, projectId: null, stage };
  const found = project === null ? null : findProject(state, { clientId, typed: project });
  if (found && !found.ok) return found;
  const projectId = found?.projectId ?? null;
  const usual = state.projects.get(projectId ?? boundProject(state, place, clientId) ?? '')?.stage;
  return { ok: true, projectId, stage: stage ?? usual ?? null };
}

/** Their words back, why they name no project, and who could open a closed one. */
export async function projectNote(
  { book, channels }: AppContext,
  problem: ProjectProblem,
  { requester, prompt }: Pick<Asking, 'requester' | 'prompt'>,
): Promise<PrivateMessage> {
  const audience = await audienceOfReply(channels, requester);
  const helpers = problem.reason === 'closed' ? limitContacts(book.now(), projectAccount(problem.projectId)) : [];
  return { kind: 'project_wrong', problem, audience, helpers, prompt };
}
