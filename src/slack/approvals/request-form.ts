import type { InputBlock, ModalView } from '@slack/types';
import type { RaisableLimit, RequestForm } from '../../app/approvals/cards.ts';
import { credits, number } from '../../words/figures.ts';
import { FIELD, modal, notice } from '../kit/fields.ts';
import { VIEWS } from '../kit/ids.ts';
import { bold, channelMention, type Inline, person, plain, richLines } from '../kit/parts.ts';
import { budget, type RefusalContext } from '../refusals/refusal-limit.ts';
import { writeRequestFormHint } from './request-form-metadata.ts';
import { limitLines } from './request-limits.ts';

/** The forms in which somebody decides about a request. All of them show what stands now, not what the card showed. */

export const REQUEST_FIELDS = { amount: 'amount', until: 'until', limit: 'limit', reason: 'reason' } as const;

const FIGURE_CHARACTERS_MAX = 24;
/** As the ledger takes it; an emoji is two to Slack. */
export const REASON_CHARACTERS_MAX = 300;

/** Where it was opened: there somebody hears what came of it. */
type Opened = { form: RequestForm; readerId: string; channelId: string | null };

export function approveUntilModal({ form, readerId, channelId }: Opened): ModalView {
  const { leastCredits, timeZone } = form;
  return modal({
    callback: VIEWS.requestUntil,
    title: 'Approve until…',
    submit: 'Approve',
    metadata: metadata(form, channelId),
    blocks: [
      summary(form),
      richLines(...limitLines(form, { readerId, audience: 'internal' })),
      figureField({
        blockId: REQUEST_FIELDS.amount,
        label: 'Extra credits',
        initial: leastCredits,
        hint: `For every budget that lacks some; at least ${credits(leastCredits)}. This request is the first to use them.`,
      }),
      {
        type: 'input',
        block_id: REQUEST_FIELDS.until,
        label: plain('Until the end of'),
        element: { type: 'datepicker', action_id: FIELD, placeholder: plain('Choose a day') },
        hint: plain(`Days end at midnight in ${timeZone}. What is not used by then is gone.`),
      },
    ],
  });
}

/** A field for each limit, if whoever opens it may set them all: one that stays as it is would stop the request again. */
export function raiseLimitModal({ form, readerId, channelId }: Opened): ModalView {
  const { limits } = form;
  const to: RefusalContext = {
    readerId,
    audience: 'internal',
    clientName: form.clientName,
    helpers: [],
    names: form.names,
  };
  const others = limits.filter(({ maySet }) => !maySet);
  if (limits.length === 0 || others.length > 0) {
    const which = others.map((limit): Inline[] => [...budget(limit, to, 'Start'), ' is not yours to set.']);
    const what = limits.length === 0 ? 'Nothing is in the way any more.' : 'An owner can raise it.';
    return notice('Raise the limit', [
      richLines(...which, [`${what} You can approve the request once, or until a date.`]),
    ]);
  }
  return modal({
    callback: VIEWS.requestRaise,
    title: 'Raise the limit',
    submit: 'Raise and approve',
    metadata: metadata(form, channelId),
    blocks: [summary(form), ...limits.map((limit, index) => limitField(limit, index, to))],
  });
}

export function denyModal({ form, channelId }: Opened): ModalView {
  return modal({
    callback: VIEWS.requestDeny,
    title: 'Deny a request',
    submit: 'Deny',
    metadata: metadata(form, channelId),
    blocks: [
      summary(form),
      {
        type: 'input',
        block_id: REQUEST_FIELDS.reason,
        label: plain('Reason'),
        element: {
          type: 'plain_text_input',
          action_id: FIELD,
          multiline: true,
          max_length: 2 * REASON_CHARACTERS_MAX,
          placeholder: plain('We have enough variants of this one'),
        },
        hint: plain('The one who asked reads it.'),
      },
    ],
  });
}

const metadata = ({ requestId, exceeded, leastCredits }: RequestForm, channelId: string | null) =>
  writeRequestFormHint({ requestId, exceeded, channelId, leastCredits });

const summary = ({ requesterId, requestedCredits, channelId }: RequestForm) =>
  richLines([
    person(requesterId),
    ' asks for ',
    bold(credits(requestedCredits)),
    ' in ',
    channelMention(channelId),
    '.',
  ]);

/** The block says which limit it is: `limit.client:acme month`. */
function limitField(limit: RaisableLimit, index: number, to: RefusalContext): InputBlock {
  const { setCredits, enoughCredits, account, window } = limit;
  const label = plain(wordsOf(budget(limit, to, 'Start')) || `Limit ${index + 1}`, 150);
  return figureField({
    blockId: `${REQUEST_FIELDS.limit}.${account} ${window}`,
    label: label.text,
    initial: enoughCredits,
    hint: `It is ${number(setCredits)} now; ${number(enoughCredits)} lets this request through, and stays.`,
  });
}

/** A label is plain text, in which nobody is mentioned. */
const wordsOf = (pieces: readonly Inline[]) =>
  pieces
    .map((piece) => (typeof piece === 'string' ? piece : piece.type === 'text' ? piece.text : 'This person'))
    .join('');

function figureField(field: { blockId: string; label: string; initial: number; hint: string }): InputBlock {
  return {
    type: 'input',
    block_id: field.blockId,
    label: plain(field.label, 150),
    element: {
      type: 'plain_text_input',
      action_id: FIELD,
      max_length: FIGURE_CHARACTERS_MAX,
      initial_value: String(field.initial),
    },
    hint: plain(field.hint, 2_000),
  };
}
