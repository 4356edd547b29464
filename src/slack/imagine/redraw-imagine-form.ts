import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Clicked, clicks } from '../kit/form/form.ts';
import { failureOf } from '../messenger/failure.ts';
import { remember } from '../platform/delivery.ts';
import type { ClickListener } from '../platform/routes.ts';

const FORMS_MAX = 1_000;

/**
 * Redraws an open form at each choice in it. Slack's hash keeps a late drawing from covering a newer one; but when a person
 * chooses twice in a moment it also turns away the drawing of the second choice, which is the one that counts. So a conflict
 * is drawn over by the listener that has the latest choice, by Slack's own time of it.
 */
export function redrawsAtChoice(draw: (clicked: Clicked, view: ViewOutput) => Promise<ModalView>): ClickListener {
  const latest = new Map<string, number>();
  return clicks(async (clicked) => {
    const { client, action, body } = clicked;
    const { view } = body;
    const at = Number(action.action_ts);
    const isLatest = () => at >= (latest.get(view?.id ?? '') ?? 0);
    if (!view || !isLatest()) return;
    remember(latest, view.id, at, FORMS_MAX);
    await redrawModal(client, { viewId: view.id, hash: view.hash, view: await draw(clicked, view), isLatest });
  });
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
