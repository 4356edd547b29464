import type { ModalView } from '@slack/types';
import type { RequestMove } from '../../../src/app/approvals/move-for-request.ts';
import type { Card, PrivateMessage } from '../../../src/app/messenger.ts';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import { awayModal } from '../../../src/slack/approvals/away-form.ts';
import { approveUntilModal, denyModal, raiseLimitModal } from '../../../src/slack/approvals/request-form.ts';
import { requestMoveModal } from '../../../src/slack/approvals/request-move-form.ts';
import { cardMessage } from '../../../src/slack/messenger/card.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { askedCard, DAY_MS, exceededLimit, requestCard, requestForm } from '../../../test/slack/request-cards.ts';
import { MONDAY } from '../../../test/support/clock.ts';
import { ANA, HUGE, LONG_NAME, LONG_PROMPT, MARCUS, MARKUP, OLIVIA, RTL_NAME, RTL_PROMPT } from '../hard-cases.ts';
import { movePlaces } from '../move-places.ts';
import type { Family, Sample } from '../sample.ts';

const card = (name: string, drawn: Card): Sample => ({ name, kind: 'message', draw: () => cardMessage(drawn) });
const own = (name: string, drawn: Card): Sample => ({ ...card(name, drawn), readerId: ANA });
const note = (name: string, said: PrivateMessage, readerId = ANA): Sample => ({
  name,
  kind: 'note',
  readerId,
  draw: () => noteMessage(said, { memberId: readerId }),
});
const form = (name: string, draw: () => ModalView): Sample => ({ name, kind: 'modal', draw });

const accounts: readonly AccountId[] = ['agency', 'team:design', 'client:northwind', 'project:p', `member:${ANA}`];
const exceeded = accounts.map((account, index) =>
  exceededLimit({
    account,
    window: index % 2 === 0 ? 'month' : 'total',
    resetsAt: index % 2 === 0 ? MONDAY + DAY_MS / 2 : null,
    limitCredits: HUGE,
    usedCredits: index === 0 ? HUGE + 5 : HUGE - 10,
    heldCredits: index,
    availableCredits: index === 0 ? -5 : 10 - index,
  }),
);
const hard = {
  exceeded,
  names: { 'team:design': LONG_NAME, 'project:p': RTL_NAME },
  clientName: LONG_NAME,
  projectName: RTL_NAME,
  requestedCredits: HUGE,
};
const end = (as: 'approved' | 'denied' | 'withdrawn' | 'lapsed', by: string, reason: string | null = null) => ({
  end: { as, by, at: MONDAY, reason },
  exceeded: [],
  toldIds: [ANA],
});
const grants = [{ account: 'client:northwind', amountCredits: 6 }] as const;
const until = {
  kind: 'until',
  amountCredits: 25,
  expiresAt: MONDAY + 4 * DAY_MS,
  accounts: ['client:northwind', `member:${ANA}`],
} as const;
const raise = {
  kind: 'raise',
  limits: [{ account: 'client:northwind', window: 'month', fromCredits: 100, toCredits: 150 }],
} as const;
const raises = accounts.map((account) => ({ account, window: 'month', fromCredits: 90, toCredits: HUGE }) as const);
const opened = { form: requestForm(), readerId: MARCUS, channelId: null };
const label = (called: string) => ({ account: 'client:atlas', kind: 'client', name: called, memberId: null }) as const;
const move: RequestMove = {
  request: requestForm(),
  to: exceededLimit(),
  lackingCredits: 6,
  from: { places: movePlaces, isCut: false },
};
const moved = (inTheWayCount: number): PrivateMessage & { kind: 'moved_for_request' } => ({
  kind: 'moved_for_request',
  amountCredits: HUGE,
  window: 'month',
  from: label(LONG_NAME),
  to: label(RTL_NAME),
  audience: 'internal',
  inTheWayCount,
});
const limit = { ...exceededLimit(), setCredits: 100, enoughCredits: 106 };
const names = { audience: 'internal', hidden: [], names: {}, clientName: 'Northwind Coffee' } as const;

export const REQUESTS: Family = {
  name: 'requests',
  samples: [
    card('to approve', requestCard()),
    card('to approve, often', requestCard({ approvals: { count: 3, withinMs: 30 * DAY_MS, isOften: true } })),
    card(
      'to approve, hard',
      requestCard({ ...hard, prompt: LONG_PROMPT.repeat(9), escalatedAt: MONDAY, ownersOnly: true }),
    ),
    card('to approve, markup', requestCard({ prompt: MARKUP, clientName: MARKUP, approverIds: [MARCUS, OLIVIA] })),
    card('to approve, room again', requestCard({ exceeded: [], prompt: null })),
    card('in a channel, another limit', requestCard({ audience: 'shared', standsIn: 'channel' })),
    card('not theirs any more', requestCard({ audience: 'shared' })),
    card('approved once', requestCard({ ...end('approved', MARCUS), room: { kind: 'once', grants } })),
    card('approved until', requestCard({ ...end('approved', MARCUS), room: until })),
    card('approved, limit raised', requestCard({ ...end('approved', OLIVIA), room: raise })),
    card('approved, hard', requestCard({ ...hard, ...end('approved', MARCUS), room: { ...raise, limits: raises } })),
    card('denied', requestCard({ ...end('denied', MARCUS, RTL_PROMPT), prompt: RTL_PROMPT })),
    card('lapsed', requestCard(end('lapsed', 'inkwell'))),
    own('asked', askedCard()),
    own('asked, hard', askedCard({ ...hard, escalatedAt: MONDAY, approverIds: [] })),
    own('asked, where outsiders read', askedCard({ ...hard, audience: 'shared' })),
    own('asked, approved', askedCard({ ...end('approved', MARCUS), room: until })),
    own(
      'asked, approved, shared',
      askedCard({ ...end('approved', MARCUS), audience: 'shared', room: { ...raise, limits: raises } }),
    ),
    own('asked, denied', askedCard(end('denied', MARCUS, 'We have enough foxes this month.'))),
    own('asked, withdrawn', askedCard(end('withdrawn', ANA))),
    note('needs an approval', { kind: 'approval_asked', channelId: 'C0NORTHWIND', askedCount: 2 }),
    note('is approved', {
      kind: 'request_approved',
      end: { as: 'approved', by: MARCUS, at: MONDAY, reason: null },
      ...{ channelId: 'C0NORTHWIND', imagesCount: 3, requestedCredits: 12 },
    }),
    note('not approved', {
      kind: 'not_approved',
      end: { as: 'denied', by: MARCUS, at: MONDAY, reason: 'We have enough foxes.' },
      channelId: 'C0NORTHWIND',
      clientName: LONG_NAME,
      prompt: 'a red fox at dusk',
    }),
    note('more in the way', {
      kind: 'more_in_the_way',
      by: MARCUS,
      requestId: 'job-1',
      requestedCredits: 12,
      exceeded: [exceededLimit({ account: `member:${ANA}` })],
      ...names,
    }),
    note('coaching', { kind: 'coaching', text: `Start small.\n${LONG_PROMPT}\n${MARKUP}`, by: MARCUS }),
    note('coaching sent', { kind: 'coaching_sent', memberId: ANA, wasSent: true }, MARCUS),
    note('a limit warns', { kind: 'limit_warning', memberId: ANA, limit: exceededLimit({ over: 'warn' }), ...names }),
    note('a limit warned', { kind: 'limit_warning', memberId: ANA, limit: exceededLimit(), ...names }, MARCUS),
    note('decides for others', { kind: 'delegate_named', by: MARCUS, untilAt: MONDAY }),
    form('approve until', () => approveUntilModal(opened)),
    form('raise', () => raiseLimitModal({ ...opened, form: requestForm({ limits: [{ ...limit, maySet: true }] }) })),
    form('raise, not theirs', () =>
      raiseLimitModal({ ...opened, form: requestForm({ limits: [{ ...limit, maySet: false }] }) }),
    ),
    form('move budget', () => requestMoveModal({ ...opened, move })),
    form('move budget, hard', () =>
      requestMoveModal({ ...opened, move: { ...move, request: requestForm(hard), to: exceeded[2] ?? null } }),
    ),
    form('move budget, nothing to move', () =>
      requestMoveModal({ ...opened, move: { ...move, from: { places: [], isCut: false } } }),
    ),
    form('move budget, not theirs', () => requestMoveModal({ ...opened, move: { ...move, to: null } })),
    note('moved for a request', moved(1), MARCUS),
    note('moved for a request, room now', { ...moved(0), audience: 'shared' }, MARCUS),
    form('deny', () => denyModal(opened)),
    form('away', () => awayModal({ pages: { clients: 0, members: 0 }, timeZone: 'Europe/London' })),
  ],
};
