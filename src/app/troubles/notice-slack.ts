import type { AppContext } from '../context.ts';
import { mendTroubles, tellTrouble } from './tell-trouble.ts';

/** How Slack took something: `code` where the app's own standing was in the way, null where it went well. */
export type SlackTook = { what: string; code: string | null };

/** A token that is not taken at all fails everywhere; one without a right fails in one place only. */
const ONE_PLACE: ReadonlySet<string> = new Set(['missing_scope', 'not_allowed_token_type']);

/** A message that says so is posted as soon as Slack takes one again: then it says from when until when it did not. */
export async function noticeSlack(context: AppContext, { what, code }: SlackTook): Promise<void> {
  if (code === null) {
    return await mendTroubles(context, (trouble) => {
      return trouble.of === 'slack' && (trouble.what === what || !ONE_PLACE.has(trouble.code ?? ''));
    });
  }
  const since = context.clock.now();
  await tellTrouble(context, {
    kind: 'slack',
    of: 'slack',
    since,
    status: null,
    code,
    requestId: null,
    model: null,
    what,
  });
}
