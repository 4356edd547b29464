import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { RequestMove } from '../../app/approvals/move-for-request.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { credits } from '../../words/figures.ts';
import { amountField, modal, notice } from '../kit/fields.ts';
import { VIEWS } from '../kit/ids.ts';
import { bold, channelMention, context, person, plain, richLines } from '../kit/parts.ts';
import { accountOnWire, parsed } from '../limits/limits-metadata.ts';
import { accountFields } from '../limits/move-fields.ts';
import { budget, type RefusalContext, sum } from '../refusals/refusal-limit.ts';
import { requestIdOnWire } from './request-metadata.ts';

type Opened = { move: RequestMove; readerId: string; channelId: string | null };

/** Budget from elsewhere for whoever keeps exceeding: where to and how much is known, where from is to be chosen. */
export function requestMoveModal({ move, readerId, channelId }: Opened): ModalView {
  const { request, to, lackingCredits, from } = move;
  const { requestId, exceeded, clientName, names, requesterId } = request;
  const words: RefusalContext = { readerId, audience: 'internal', clientName, helpers: [], names };
  if (!to) {
    const what = exceeded.length === 0 ? 'Nothing is in the way any more.' : 'No limit in the way is yours to move to.';
    return notice('Move budget', [richLines([`${what} You can approve the request once, or until a date.`])]);
  }
  const hint: RequestMoveHint = { requestId, channelId, to: to.account, window: to.window };
  const others = exceeded.length > 1 ? ' The other limits in the way stay there.' : '';
  return modal({
    callback: VIEWS.requestMove,
    title: 'Move budget',
    submit: 'Move',
    metadata: JSON.stringify(hint),
    blocks: [
      richLines(
        [
          person(requesterId),
          ' asks for ',
          bold(credits(request.requestedCredits)),
          ' in ',
          channelMention(request.channelId),
          '.',
        ],
        ['To ', ...budget(to, words, 'Inside'), ', which lacks ', bold(credits(lackingCredits)), '.'],
        [sum(to)],
      ),
      { ...amountField('Credits', lackingCredits), hint: plain(amountHint(lackingCredits)) },
      ...accountFields(from, 'From'),
      context(`The request is not approved by this: its card then says what is in the way.${others}`),
    ],
  });
}

const amountHint = (lackingCredits: number) =>
  `${credits(lackingCredits)} would be enough for this request. Only the window that is open now changes.`;

/** What the form carries out to Slack and back: which request, and the limit to move to. Hints; the ledger decides. */
export type RequestMoveHint = z.infer<typeof onWire>;

const onWire = z.object({
  requestId: requestIdOnWire,
  channelId: z.string().min(1).max(60).nullable(),
  to: accountOnWire,
  window: z.enum(WINDOWS),
});

/** Null for what is none of ours. */
export function readRequestMoveHint(metadata: string): RequestMoveHint | null {
  return onWire.safeParse(parsed(metadata)).data ?? null;
}
