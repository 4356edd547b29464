import type { AppContext } from '../context.ts';
import { findProject } from './find-project.ts';

/** Whether a word names a project of the channel's client, open or closed: then it was meant as one. */
export function isProject({ book }: AppContext, { channelId, typed }: { channelId: string; typed: string }): boolean {
  const state = book.now();
  const clientId = state.channels.get(channelId);
  if (!clientId) return false;
  const found = findProject(state, { clientId, typed });
  return found.ok || found.problem.reason === 'closed';
}
