import type { Refusal } from '../../ledger/refusals.ts';
import type { AppContext } from '../context.ts';
import { authorizeView } from '../limits/authorize-view.ts';

/** Whether the check of peers is on, who turned it on, and when. */
export type PeerCheckForm = { on: { by: string; at: number } | null };

/** For those who may turn it on. */
export async function showPeerCheck(
  context: AppContext,
  { by }: { by: string },
): Promise<{ ok: true; form: PeerCheckForm } | { ok: false; refusal: Refusal }> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: { on: settings.peerCheckOn } } : { ok: false, refusal: { reason: 'not_open' } };
}
