import type { DigestPolicy } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { AppContext } from '../context.ts';
import { authorizeView } from '../limits/authorize-view.ts';

/** When the digest goes out, and to which people, for those who may change it. */
export async function showDigestPolicy(
  context: AppContext,
  { by }: { by: string },
): Promise<{ ok: true; form: DigestPolicy } | { ok: false; refusal: Refusal }> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: settings.digest } : { ok: false, refusal: { reason: 'not_open' } };
}
