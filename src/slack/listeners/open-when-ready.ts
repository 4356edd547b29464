import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Clock } from '../../app/ports.ts';
import { goneModal, loadingModal } from '../surfaces/modals/sorry.ts';

/** A trigger lives three seconds; whoever has not got an answer by then sees a form that says so, and then the real one. */
const OPEN_WITHIN_MS = 1_500;

/** Opens a form as soon as it is known what stands in it. Null: there is nothing to open, and the person has been told why. */
export async function openWhenReady(
  client: WebClient,
  clock: Clock,
  { triggerId, ready }: { triggerId: string; ready: Promise<ModalView | null> },
): Promise<void> {
  const waiting = new AbortController();
  const late = clock.sleep(OPEN_WITHIN_MS, { signal: waiting.signal }).then(
    () => 'late' as const,
    () => 'late' as const,
  );
  const first = await Promise.race([ready, late]).finally(() => waiting.abort());
  if (first === null) return;
  const opened = await client.views.open({ trigger_id: triggerId, view: first === 'late' ? loadingModal() : first });
  const viewId = opened.view?.id;
  if (first === 'late' && viewId) await client.views.update({ view_id: viewId, view: (await ready) ?? goneModal() });
}
