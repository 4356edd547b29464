import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../../ports/ports.ts';
import { withTimeout } from '../../../ports/with-timeout.ts';
import { failureOf } from '../../messenger/failure.ts';
import { goneModal, loadingModal } from '../error-modals.ts';

/** A trigger lives three seconds. A slower answer first opens a form that says so, then replaces it. */
const OPEN_WITHIN_MS = 1_500;

type Opening = {
  triggerId: string;
  ready: Promise<ModalView | null>;
  /** Whether it was asked for from within a form, on top of which it then lies. */
  isFromModal?: boolean;
};

/** Opens a form as soon as it is known what stands in it. Null: there is nothing to open, and the person has been told why. */
export async function openWhenReady(
  client: WebClient,
  clock: Clock,
  { triggerId, ready, isFromModal = false }: Opening,
): Promise<void> {
  const first = await withTimeout(clock, { ms: OPEN_WITHIN_MS, work: ready, late: () => 'late' as const });
  if (first === null) return;
  const open = { trigger_id: triggerId, view: first === 'late' ? loadingModal() : first };
  const opened = isFromModal ? await client.views.push(open) : await client.views.open(open);
  const viewId = opened.view?.id;
  if (first === 'late' && viewId) await showInstead(client, viewId, (await ready) ?? goneModal());
}

/** Draws another form over an open one; one that has been closed meanwhile is no failure. */
export async function showInstead(client: WebClient, viewId: string, view: ModalView): Promise<void> {
  try {
    await client.views.update({ view_id: viewId, view });
  } catch (error) {
    if (failureOf(error).code !== 'not_found') throw error;
  }
}
