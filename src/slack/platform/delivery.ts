import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EVENTS } from '../kit/ids.ts';
import { userId } from '../kit/user-id.ts';

const text = z.string().min(1);

const command = z.object({ command: text, team_id: text, trigger_id: text });

const click = z.object({
  type: z.literal('block_actions'),
  user: z.object({ id: userId }),
  container: z.object({
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    view_id: z.string().optional(),
  }),
  actions: z.array(z.object({ action_id: text, block_id: text, action_ts: text })).min(1),
});

const submission = z.object({
  type: z.literal('view_submission'),
  user: z.object({ id: userId }),
  view: z.object({ id: text, private_metadata: z.string().default(''), state: z.object({ values: z.unknown() }) }),
});

/** An edited message is told again, under the time of the first. */
const mention = z.object({
  team_id: text,
  event: z.object({ type: z.literal(EVENTS.mentioned), channel: text, ts: text }),
});

const body = z.union([command, click, submission, mention]);

/**
 * What a payload is called in the ledger: the same for the same payload, however often it is delivered, and another for
 * any other. At most 60 characters, of those that ids may have. Throws a zod error for a payload it does not know.
 */
export function deliveryId(payload: unknown): string {
  const given = body.parse(payload);
  if ('command' in given) return `cmd-${digest([given.team_id, given.trigger_id])}`;
  if ('event' in given) return `ment-${digest([given.team_id, given.event.channel, given.event.ts])}`;
  if (given.type === 'block_actions') {
    const { user, container, actions } = given;
    return `act-${digest([user.id, container.channel_id, container.message_ts, container.view_id, actions])}`;
  }
  // A form that was answered with errors is sent again, corrected; one whose answer got lost is sent again as it was.
  const { user, view } = given;
  return `view-${digest([user.id, view.id, view.private_metadata, view.state.values])}`;
}

/** The same for all that one open view sends, whatever is typed in it: for a form that pays, and closes once it was sent. */
export function viewDeliveryId(payload: unknown): string {
  const { user, view } = submission.parse(payload);
  return `view-${digest([user.id, view.id])}`;
}

/** Clicks of one person on one button within this count as one. */
export const ONE_CLICK_MS = 10_000;
const CLICKS_REMEMBERED_MAX = 1_000;
const DELIVERIES_REMEMBERED_MAX = 5_000;

/** `again`: the same click has been seen before. */
export type CountedClick = { deliveryId: string; again: boolean };
export type Clicks = { count(payload: unknown, what: string): CountedClick };

const timed = z.object({
  user: z.object({ id: userId }),
  actions: z.array(z.object({ action_id: text, action_ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/) })).min(1),
});

/**
 * An impatient person clicks twice, and Slack gives each click a new trigger and a new time: it must not be decided twice.
 * A minute later the same person clicks on the same button because they want it once more, and that must work without the
 * message having been redrawn in between. So clicks count as one for ten seconds from the first, by Slack's own time.
 *
 * The id is made of who, what, and the ten seconds that the first click fell into: another process, or this one after a
 * restart, that sees the second click arrives at the same id unless the two lie on both sides of a boundary. Inside one
 * process the first click is remembered, and there is no boundary. `what` names the button. What spends needs more than
 * that (`once.ts`).
 *
 * Slack may repeat a delivery after others of later: each keeps the id that it was given.
 */
export function createClicks(): Clicks {
  const first = new Map<string, { at: number; deliveryId: string }>();
  const given = new Map<string, string>();
  return {
    count(payload, what) {
      const { user, actions } = timed.parse(payload);
      const exact = digest([deliveryId(payload), what]);
      const before = given.get(exact);
      if (before !== undefined) return { deliveryId: before, again: true };
      const at = Math.floor(Number(actions[0]?.action_ts) * 1000);
      const key = digest([user.id, actions[0]?.action_id, what]);
      const known = first.get(key);
      if (known && Math.abs(at - known.at) < ONE_CLICK_MS) {
        remember(given, exact, known.deliveryId, DELIVERIES_REMEMBERED_MAX);
        return { deliveryId: known.deliveryId, again: true };
      }
      const id = `once-${digest([key, Math.floor(at / ONE_CLICK_MS)])}`;
      remember(given, exact, id, DELIVERIES_REMEMBERED_MAX);
      remember(first, key, { at, deliveryId: id }, CLICKS_REMEMBERED_MAX);
      return { deliveryId: id, again: false };
    },
  };
}

/** Keeps the newest `most` values. */
export function remember<Value>(all: Map<string, Value>, key: string, value: Value, most: number): void {
  all.delete(key);
  all.set(key, value);
  for (const oldest of all.keys()) {
    if (all.size <= most) break;
    all.delete(oldest);
  }
}

const digest = (parts: readonly unknown[]) =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 32);

/** What a reaction is called in the ledger. Slack repeats an event with the time that it had. */
export const reactionId = (parts: readonly string[]): string => `react-${digest(parts)}`;
