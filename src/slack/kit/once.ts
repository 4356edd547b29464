import { z } from 'zod';
import type { App } from '../../app/app.ts';
import { ONE_CLICK_MS } from '../../app/once/claim-click.ts';
import type { Clock } from '../../ports/ports.ts';
import type { Tell } from '../messenger/tell.ts';
import { deliveryId } from '../platform/delivery.ts';
import { type Message, message } from './message.ts';
import { type Sender, senderOf } from './sender.ts';
import { userId } from './user-id.ts';

/**
 * The verbs that spend, move budget or send a message again when they are asked for again. Listeners reach them only through
 * `Spend`, so a button cannot forget that a finger may shake.
 */
const SPENDING = [
  'requestImage',
  'repeatImage',
  'makeInstead',
  'moveForRequest',
  'grantCredits',
  'moveBudget',
  'undoChange',
  'previewDigest',
  'sendDigestNow',
  'previewClientDigest',
] as const;
type SpendingVerb = (typeof SPENDING)[number];
export type Spending = Pick<App, SpendingVerb>;
export type NotSpending = Omit<App, SpendingVerb>;

/** Answers false where nothing was done: then the click counts no more. */
type Use<Done> = (spending: Spending, deliveryId: string) => Promise<Done>;

export type Spend = {
  /**
   * A click or a form. Two of one person within three seconds that want the same are one, and the second is told so: then
   * it answers null.
   */
  once<Done>(clicked: Clicked, use: Use<Done>): Promise<Done | null>;
  /** What counts each time: a command that is typed twice is wanted twice, an undo changes nothing the second time. */
  each<Done>(body: unknown, use: Use<Done>): Promise<Done>;
};

/**
 * `wants`: what it would do, in values that two clicks share. `sender`: where an answer belongs, if not where the click was.
 * `deliveryId`: that of a form, which has another after a refusal.
 */
export type Clicked = { body: unknown; wants: unknown; sender?: Sender; deliveryId?: string };

const clicked = z.object({
  user: z.object({ id: userId }),
  actions: z.array(z.object({ action_id: z.string(), action_ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/) })).optional(),
  view: z.object({ callback_id: z.string() }).optional(),
});

type Parts = { app: App; tell: Tell; clock: Clock };

export function createSpend({ app, tell, clock }: Parts): Spend {
  return {
    async once({ body, wants, sender = senderOf(body), deliveryId: own = deliveryId(body) }, use) {
      const { user, actions, view } = clicked.parse(body);
      const [action] = actions ?? [];
      const button = JSON.stringify([action?.action_id ?? view?.callback_id, wants]);
      // A form comes without Slack's own time.
      const at = action ? Math.floor(Number(action.action_ts) * 1000) : clock.now();
      const click = { by: user.id, button, at, deliveryId: own };
      if ((await app.claimClick(click)) === own) {
        const done = await use(app, own);
        if (done === false) await app.releaseClick(click);
        return done;
      }
      await tell(sender, oneClick(action ? 'click' : 'form', ONE_CLICK_MS));
      return null;
    },
    each: (body, use) => use(app, deliveryId(body)),
  };
}

/** Answers the second of two clicks that count as one, so that no click stays unanswered. */
export const oneClick = (what: 'click' | 'form', withinMs: number): Message => {
  const seconds = withinMs / 1_000;
  return message([
    [
      what === 'click'
        ? `Inkwell already has your first click. Two clicks within ${seconds} seconds count as one; click again later to do it once more.`
        : `Inkwell already has this form from you. Sent twice within ${seconds} seconds, it counts as one; send it again later to do it once more.`,
    ],
  ]);
};
