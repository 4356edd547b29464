import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { RequestMove } from '../../app/approvals/move-for-request.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { limitSum } from '../../words/balances.ts';
import { credits } from '../../words/figures.ts';
import { amountField, FIELDS, modal, notice } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { accountOnWire } from '../kit/form/metadata.ts';
import { readAmount } from '../kit/form/typed.ts';
import { together, typedAt } from '../kit/form/values.ts';
import { parsed } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { bold, context, richLines } from '../kit/parts.ts';
import { requesterOf } from '../kit/sender.ts';
import { accountFields, readOtherSide } from '../limits/move-fields.ts';
import { budget, type RefusalContext } from '../refusals/refusal-limit.ts';
import { clickedRequest, keepsIn, senderAt } from './open-request.ts';
import { needsApproval } from './request-card.ts';
import { placeOnWire, requestIdOnWire } from './request-metadata.ts';

/** What the form carries out to Slack and back: which request, and the limit to move to. Hints; the ledger decides. */
const onWire = z.object({
  requestId: requestIdOnWire,
  channelId: placeOnWire,
  to: accountOnWire,
  window: z.enum(WINDOWS),
});

/** From the card of a request: budget from elsewhere for the limit that is in its way. */
export const requestMoveForm = defineForm({
  id: VIEWS.requestMove,
  opens: {
    [ACTIONS.requestMove]: async (deps, clicked) => {
      const about = await clickedRequest(deps, clicked);
      if (!about) return null;
      const { sender, hint } = about;
      const move = await deps.app.openMoveForRequest({ requester: requesterOf(sender), requestId: hint.requestId });
      return move && requestMoveModal({ move, readerId: sender.memberId, channelId: sender.channelId });
    },
  },
  metadata: (text) => onWire.safeParse(parsed(text)).data ?? null,
  read: (view) => together({ from: readOtherSide(view), amountCredits: typedAt(view, FIELDS.amount, readAmount) }),
  async submit(deps, { about: { requestId, channelId, to, window }, typed, by, body, closing, deliveryId: id }) {
    const sender = senderAt(by, channelId);
    const move = { from: typed.from.account, to, window, amountCredits: typed.amountCredits };
    const keeps = keepsIn(deps, { by, closing });
    const click = { body, wants: [requestId, move], sender, deliveryId: id };
    await deps.spend.once(click, ({ moveForRequest }, deliveryId) =>
      moveForRequest({ deliveryId, requester: requesterOf(sender), requestId, keeps, ...move }),
    );
  },
});

type Opened = { move: RequestMove; readerId: string; channelId: string | null };

/** Moves budget to the limit that a request exceeds. The form knows where to and how much, and asks where from. */
export function requestMoveModal({ move, readerId, channelId }: Opened): ModalView {
  const { request, to, lackingCredits, from } = move;
  const { requestId, exceeded, clientName, names } = request;
  const words: RefusalContext = { readerId, audience: 'internal', clientName, helpers: [], names };
  if (!to || from.places.length === 0) {
    const what =
      exceeded.length === 0
        ? 'No limit blocks this request now.'
        : to
          ? 'Nothing you manage has credits left for the same period, so there’s nothing to move.'
          : 'You can’t move credits to any of the limits that block this.';
    return notice('Move credits', [richLines([`${what} You can approve the request once, or until a date.`])]);
  }
  const lacking = credits(lackingCredits);
  const others = exceeded.length > 1 ? ' The other limits still block it.' : '';
  return modal(
    { callback: VIEWS.requestMove, title: 'Move credits', submit: 'Move' },
    JSON.stringify({ requestId, channelId, to: to.account, window: to.window }),
    [
      richLines(
        needsApproval(request),
        ['To ', ...budget(to, words, 'Inside'), ', which needs ', bold(lacking), ' more.'],
        [limitSum(to)],
      ),
      amountField(
        'Credits',
        lackingCredits,
        `${lacking} would be enough for this request. Only the current period changes.`,
      ),
      ...accountFields(from, 'From'),
      context(`This doesn’t approve the request. Its card will show what still blocks it.${others}`),
    ],
  );
}
