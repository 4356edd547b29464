import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { mayAskForRole } from '../../app/images/ways-out.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { refusedModal } from '../kit/error-modals.ts';
import { actions } from '../kit/parts.ts';
import { type Sender, senderOf } from '../kit/sender.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { askForRoleButton } from '../refusals/way-buttons.ts';
import type { Deps } from './deps.ts';
import { rightAtRoute } from './required-rights.ts';

type Delivery = { body: unknown; client: WebClient; ack: () => Promise<void> };
type FormDelivery = { body: unknown; ack: (answer: { response_action: 'update'; view: ModalView }) => Promise<void> };

/** Lets a delivery in, or acknowledges and refuses it before this resolves. */
export type Authorize = {
  lets(delivery: Delivery, id: string): Promise<boolean>;
  letsForm(delivery: FormDelivery, id: string): Promise<boolean>;
};

/** The first of two checks of a person's rights: the table of routes, by what this process knows. Default deny. */
export function createAuthorize({ app, tell }: Pick<Deps, 'app' | 'tell'>): Authorize {
  const words = (refusal: Refusal, by: string) =>
    // A form is answered in its ack, before Slack could be asked who reads along; no figure is said at the door anyway.
    refusalMessage(refusal, { readerId: by, audience: 'shared', clientName: null, helpers: [] });

  /** Where the click was: below a message, or, where there is none, in a form of its own. */
  const turnAway = async ({ body, client }: Delivery, sender: Sender, refusal: Refusal) => {
    const message = words(refusal, sender.memberId);
    const triggerId = inView.safeParse(body).data?.trigger_id;
    const ask = mayAskForRole(refusal) ? [actions(askForRoleButton())] : [];
    if (!triggerId) return void (await tell(sender, { ...message, blocks: [...message.blocks, ...ask] }));
    await client.views.open({ trigger_id: triggerId, view: refusedModal(message) });
  };

  return {
    async lets(delivery, id) {
      const sender = senderOf(delivery.body);
      const right = rightOf(id);
      const by = sender.memberId;
      if (app.refusedAtDoor({ by, right }) === null) return true;
      await delivery.ack();
      const refusal = await app.refusedAtDoorAfterReading({ by, right });
      if (refusal === null) return true;
      await turnAway(delivery, sender, refusal);
      return false;
    },
    async letsForm({ body, ack }, id) {
      const { memberId: by } = senderOf(body);
      const refusal = app.refusedAtDoor({ by, right: rightOf(id) });
      if (refusal === null) return true;
      await ack({ response_action: 'update', view: refusedModal(words(refusal, by)) });
      return false;
    },
  };
}

/** A click in Home or in a form, which has no channel to be told in. */
const inView = z.object({ trigger_id: z.string(), view: z.object({}) });

/** A listener without a row in the table is a bug in Inkwell, and lets no person in. */
function rightOf(id: string) {
  const right = rightAtRoute(id);
  if (right === null) throw new Error(`${id} stands in no row of the ways in`);
  return right;
}
