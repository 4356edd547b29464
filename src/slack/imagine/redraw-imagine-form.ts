import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { failureOf } from '../messenger/failure.ts';

/**
 * Redraws an open form. Slack's hash keeps a late drawing from covering a newer one; but when a person chooses
 * twice in a moment it also turns away the drawing of the second choice, which is the one that counts. So a conflict is
 * drawn over by the listener that has the latest choice.
 */
export type LatestChoices = {
  /** Whether this is the newest choice in the form so far; `actionTs` is Slack's own time of it. */
  note(viewId: string, actionTs: string): boolean;
  isLatest(viewId: string, actionTs: string): boolean;
};

const FORMS_MAX = 1_000;

export function createLatestChoices(): LatestChoices {
  const latest = new Map<string, number>();
  const isLatest = (viewId: string, actionTs: string) => Number(actionTs) >= (latest.get(viewId) ?? 0);
  return {
    isLatest,
    note(viewId, actionTs) {
      if (!isLatest(viewId, actionTs)) return false;
      latest.delete(viewId);
      latest.set(viewId, Number(actionTs));
      for (const oldest of latest.keys()) {
        if (latest.size <= FORMS_MAX) break;
        latest.delete(oldest);
      }
      return true;
    },
  };
}

type Drawing = { viewId: string; hash: string; view: ModalView; isLatest: () => boolean };

/** Throws where Slack fails; a form that has been closed meanwhile is no failure. */
export async function redrawModal(client: WebClient, { viewId, hash, view, isLatest }: Drawing): Promise<void> {
  const drawn = await update(client, { view_id: viewId, hash, view });
  if (drawn === 'conflict' && isLatest()) await update(client, { view_id: viewId, view });
}

async function update(client: WebClient, change: Parameters<WebClient['views']['update']>[0]) {
  try {
    await client.views.update(change);
    return 'drawn';
  } catch (error) {
    const { code } = failureOf(error);
    if (code === 'hash_conflict') return 'conflict';
    if (code === 'not_found') return 'closed';
    throw error;
  }
}
