import type { InputBlock, ModalView } from '@slack/types';
import type { RaisableLimit, RequestForm } from '../../app/approvals/cards.ts';
import { type AccountId, isAccount } from '../../ledger/accounts.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { credits, extraCredits, number } from '../../words/figures.ts';
import { dayInput, figureInput, input, modal, notice, textInput } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { REASON_UNITS_MAX, type Read, readCredits, readReason, wrong } from '../kit/form/typed.ts';
import { dateAt, type FieldsRead, given, neededAt, together, typedAt, type Values } from '../kit/form/values.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { cutTo, element, type Inline, richLines } from '../kit/parts.ts';
import { budget, type RefusalContext } from '../refusals/refusal-limit.ts';
import { decisionOf, showRequest } from './open-request.ts';
import { needsApproval } from './request-card.ts';
import { limitLines } from './request-limits.ts';
import { readRequestFormHint, writeRequestFormHint } from './request-metadata.ts';

/** The forms to decide about a request. They show current values, not those of the card. */

const REQUEST_FIELDS = { amount: 'amount', until: 'until', limit: 'limit', reason: 'reason' } as const;

/** As the ledger takes it; an emoji is two to Slack. */

type Opened = { form: RequestForm; readerId: string; channelId: string | null };

export const approveUntilForm = defineForm({
  id: VIEWS.requestUntil,
  opens: { [ACTIONS.requestUntil]: showRequest('approve_until', (opened) => approveUntilModal(opened)) },
  metadata: readRequestFormHint,
  read: (view, { leastCredits }) =>
    together({
      amountCredits: typedAt(view, REQUEST_FIELDS.amount, (typed) => readAtLeast(typed, leastCredits)),
      untilDate: neededAt(view, REQUEST_FIELDS.until, dateAt(view, REQUEST_FIELDS.until), 'Choose a day.'),
    }),
  submit: (deps, sent) =>
    deps.app.approveRequest({
      ...decisionOf(deps, sent),
      seen: sent.about.seen,
      how: { kind: 'until', ...sent.typed },
    }),
});

export const raiseLimitForm = defineForm({
  id: VIEWS.requestRaise,
  opens: { [ACTIONS.requestRaise]: showRequest('approve', (opened) => raiseLimitModal(opened)) },
  metadata: readRequestFormHint,
  read: (view) => readRaise(view),
  submit: (deps, sent) =>
    deps.app.approveRequest({
      ...decisionOf(deps, sent),
      seen: sent.about.seen,
      how: { kind: 'raise', limits: sent.typed },
    }),
});

export const denyForm = defineForm({
  id: VIEWS.requestDeny,
  opens: { [ACTIONS.requestDeny]: showRequest('deny', (opened) => denyModal(opened)) },
  metadata: readRequestFormHint,
  read: (view) => typedAt(view, REQUEST_FIELDS.reason, readReason),
  submit: (deps, sent) => deps.app.denyRequest({ ...decisionOf(deps, sent), reason: sent.typed }),
});

function readAtLeast(typed: string, leastCredits: number): Read<number> {
  const read = readFigure(typed);
  const isEnough = !read.ok || read.value >= leastCredits;
  return isEnough ? read : wrong(`This request needs at least ${extraCredits(leastCredits)}.`);
}

type Raised = { account: AccountId; window: Window; limitCredits: number };

function readRaise(form: Values): FieldsRead<Raised[]> {
  const read = together(
    Object.fromEntries(
      Object.keys(form.state.values).flatMap((blockId) => {
        const [account, name] = blockId.slice(REQUEST_FIELDS.limit.length + 1).split(' ');
        const window = WINDOWS.find((each) => each === name);
        if (!blockId.startsWith(`${REQUEST_FIELDS.limit}.`) || !isAccount(account) || !window) return [];
        const figure = typedAt(form, blockId, readFigure);
        return [[blockId, figure.ok ? given({ account, window, limitCredits: figure.value }) : figure] as const];
      }),
    ),
  );
  return read.ok ? given(Object.values(read.value)) : read;
}

function readFigure(typed: string): Read<number> {
  const read = readCredits(typed);
  if (!read.ok) return read;
  return read.value === null ? wrong('Write a whole number.') : { ok: true, value: read.value };
}

export function approveUntilModal({ form, readerId, channelId }: Opened): ModalView {
  const { leastCredits, timeZone } = form;
  return modal(
    { callback: VIEWS.requestUntil, title: 'Approve until…', submit: 'Approve' },
    writeRequestFormHint({ ...form, channelId }),
    [
      summary(form),
      richLines(...limitLines(form, { readerId, audience: 'internal' })),
      input(REQUEST_FIELDS.amount, 'Extra credits', figureInput(leastCredits), {
        hint: `Added to each limit this request exceeds. At least ${credits(leastCredits)}. This request uses them first.`,
      }),
      input(REQUEST_FIELDS.until, 'Until the end of', dayInput('Choose a day'), {
        hint: `Ends at midnight, ${timeZone} time. Unused credits expire then.`,
      }),
    ],
  );
}

/** A field for each limit, if the reader may set them all. A limit that stays unchanged would stop the request again. */
export function raiseLimitModal({ form, readerId, channelId }: Opened): ModalView {
  const { limits, clientName, names } = form;
  const to: RefusalContext = { readerId, audience: 'internal', clientName, helpers: [], names };
  const others = limits.filter(({ maySet }) => !maySet);
  if (limits.length === 0 || others.length > 0) {
    const which = others.map((limit): Inline[] => [...budget(limit, to, 'Start'), ' can only be changed by an owner.']);
    const what = limits.length === 0 ? 'No limit blocks this request now.' : 'An owner can raise it.';
    return notice('Raise the limit', [
      richLines(...which, [`${what} You can approve the request once, or until a date.`]),
    ]);
  }
  return modal(
    { callback: VIEWS.requestRaise, title: 'Raise the limit', submit: 'Raise and approve' },
    writeRequestFormHint({ ...form, channelId }),
    [summary(form), ...limits.map((limit, index) => limitField(limit, index, to))],
  );
}

export const denyModal = ({ form, channelId }: Opened): ModalView =>
  modal(
    { callback: VIEWS.requestDeny, title: 'Deny request', submit: 'Deny' },
    writeRequestFormHint({ ...form, channelId }),
    [
      summary(form),
      input(
        REQUEST_FIELDS.reason,
        'Reason',
        textInput({
          max: REASON_UNITS_MAX,
          placeholder: 'We have enough variants of this one',
          multiline: true,
        }),
        { hint: 'The person who asked will see this.' },
      ),
    ],
  );

const summary = (form: RequestForm) => richLines(needsApproval(form));

/** The block says which limit it is: `limit.client:acme month`. */
function limitField(limit: RaisableLimit, index: number, to: RefusalContext): InputBlock {
  const { setCredits, enoughCredits, account, window } = limit;
  const label = cutTo(wordsOf(budget(limit, to, 'Start')) || `Limit ${index + 1}`, 150);
  return input(`${REQUEST_FIELDS.limit}.${account} ${window}`, label, figureInput(enoughCredits), {
    hint: `Currently ${number(setCredits)}. At ${number(enoughCredits)} this request fits. The new limit stays in place.`,
  });
}

/** A label is plain text, so it has no mentions. */
const wordsOf = (pieces: readonly Inline[]) =>
  pieces
    .map(element)
    .map((piece) => (piece.type === 'text' ? piece.text : 'This person'))
    .join('');
