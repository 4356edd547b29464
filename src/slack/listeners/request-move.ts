import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { readerOf } from '../reader.ts';
import type { ClickListener, FormListener, Routes } from '../routes.ts';
import { FIELDS } from '../surfaces/modals/fields.ts';
import { readRequestMoveHint, requestMoveModal } from '../surfaces/modals/request-move.ts';
import { outOfDate } from '../surfaces/out-of-date.ts';
import { readRequestHint } from '../surfaces/request-hint.ts';
import { readOtherSide } from './move-read.ts';
import { openWhenReady } from './open-when-ready.ts';
import { readAmount } from './set-up-input.ts';
import { fieldOf, textIn } from './set-up-values.ts';
import { outOfDateAnswer } from './shown.ts';

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
    const reader = readerOf(body);
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
    await spend.once({ body, wants: [requestId, move], hearer: reader }, ({ moveForRequest }, deliveryId) =>
      moveForRequest({ deliveryId, reader, requestId, ...move }),
    );
  };
