import { z } from 'zod';
import { readAmount } from '../admin-forms/set-up-input.ts';
import { fieldOf, textIn } from '../admin-forms/set-up-values.ts';
import { FIELDS } from '../kit/fields.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { requesterOf } from '../kit/sender.ts';
import { readOtherSide } from '../limits/read-move-form.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { readRequestHint } from './request-metadata.ts';
import { readRequestMoveHint, requestMoveModal } from './request-move-form.ts';

/** From the card of a request: budget from elsewhere for the limit that is in its way. */
export function registerRequestMove(routes: Routes, deps: Deps): void {
  routes.click(ACTIONS.requestMove, openMove(deps));
  routes.form(VIEWS.requestMove, submitMove(deps));
}

const clicked = z.object({ value: z.string() });

const openMove =
  ({ app, tell, clock }: Deps): ClickListener =>
  async ({ ack, body, action, client }) => {
    await ack();
    const reader = requesterOf(body);
    const hint = readRequestHint(clicked.safeParse(action).data?.value);
    if (!hint) return void (await tell(reader, outOfDate()));
    const { memberId: readerId, channelId } = reader;
    const ready = app
      .openMoveForRequest({ reader, requestId: hint.requestId })
      .then((move) => move && requestMoveModal({ move, readerId, channelId }));
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

const submitMove =
  ({ spend }: Deps): FormListener =>
  async ({ ack, body, view }) => {
    const hint = readRequestMoveHint(view.private_metadata);
    if (!hint) return await ack(outOfDateAnswer(view));
    const amount = readAmount(textIn(fieldOf(view, FIELDS.amount)));
    const from = readOtherSide(view);
    if (!amount.ok || !from.ok) {
      const errors = { ...(amount.ok ? {} : { [FIELDS.amount]: amount.error }), ...(from.ok ? {} : from.errors) };
      return await ack({ response_action: 'errors', errors });
    }
    await ack();
    const memberId = body.user.id;
    const { requestId, channelId, to, window } = hint;
    const reader = { memberId, channelId: channelId ?? memberId, threadTs: null, responseUrl: null };
    const move = { from: from.account, to, window, amountCredits: amount.value };
    await spend.once({ body, wants: [requestId, move], replyTo: reader }, ({ moveForRequest }, deliveryId) =>
      moveForRequest({ deliveryId, reader, requestId, ...move }),
    );
  };
