import type { ApprovalNote } from '../../app/approvals/notes.ts';
import type { RequestEnd } from '../../ledger/requests.ts';
import { accountParts } from '../../words/accounts.ts';
import { limitSum } from '../../words/balances.ts';
import { credits, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { bold, channelMention, cutTo, dateToken, type Inline, name, person, richLines } from '../kit/parts.ts';
import { mayShowFigures, termsToShow } from '../kit/show-to-audience.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { budget, otherLimitsParagraphs, type RefusalContext } from '../refusals/refusal-limit.ts';
import { ended } from '../refusals/request-words.ts';

const WORDS_CHARACTERS_MAX = 2_500;

/** What is said to one person about requests that need an approval, and about limits that warn. */
export function approvalNote(note: ApprovalNote, reader: { memberId: string }): Message {
  const { memberId: readerId } = reader;
  switch (note.kind) {
    case 'approval_asked':
      return message(approvalAsked(note));
    case 'request_approved':
      return message(requestApproved(note));
    case 'not_approved':
      return notApproved(note);
    case 'more_in_the_way': {
      const { by, exceeded, requestedCredits, requestId, audience, clientName, names, helpersBy = {}, hidden } = note;
      const to = { readerId, audience, clientName, helpers: [], helpersBy, hidden, names };
      const [, ...which] = otherLimitsParagraphs({ reason: 'other_limits', requestId, requestedCredits, exceeded }, to);
      const said: Inline[] = [actor(by, 'Start'), ' tried to approve your request, but another limit now blocks it.'];
      return message([said, ...which.slice(0, -1), ['It’s still waiting for approval.']]);
    }
    case 'decision_refused': {
      const { refusal, audience, helpers, helpersBy = {}, hidden, names, clientName } = note;
      return refusalMessage(refusal, { readerId, audience, helpers, helpersBy, hidden, names, clientName });
    }
    case 'coaching':
      return message(
        [[person(note.by), ' sent you some tips to make your credits go further:']],
        ...note.text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => quote(cutTo(line, WORDS_CHARACTERS_MAX) || '…')),
      );
    case 'coaching_sent':
      return message([
        note.wasSent
          ? [person(note.memberId), ' got the tips.']
          : ['Slack couldn’t deliver the tips to ', person(note.memberId), '. Try again in a minute.'],
      ]);
    case 'moved_for_request':
      return message(movedForRequest(note));
    case 'limit_warning':
      return message(limitWarning(note, readerId));
    case 'delegate_named':
      return message([
        [person(note.by), ' is away until ', dateToken(note.untilAt), ' and asked you to handle their approvals.'],
        ['You’ll also see their waiting requests here.'],
      ]);
  }
}

function approvalAsked({ channelId, askedCount }: ApprovalNote & { kind: 'approval_asked' }): Inline[][] {
  const who =
    askedCount === 0
      ? 'Inkwell couldn’t reach anyone who can approve it yet. An owner can help.'
      : `Inkwell asked ${askedCount === 1 ? 'one person' : `${number(askedCount)} people`}.`;
  return [
    ['Your request in ', channelMention(channelId), ` is over a limit and needs approval. ${who}`],
    ['Nothing is charged until then. See Inkwell’s direct message for details, or to withdraw it.'],
  ];
}

/** With which limits is on the card above it. */
function requestApproved(note: ApprovalNote & { kind: 'request_approved' }): Inline[][] {
  const { end, channelId, imagesCount, requestedCredits } = note;
  const now =
    imagesCount === 1
      ? 'Inkwell is making your image now.'
      : `Inkwell is making your ${number(imagesCount)} images now.`;
  return [
    ['Your request for ', credits(requestedCredits), ' in ', channelMention(channelId), ' was ', ...ended(end), '.'],
    [now],
  ];
}

function notApproved({ end, channelId, prompt }: ApprovalNote & { kind: 'not_approved' }): Message {
  const said = message([
    ['Your request in ', channelMention(channelId), ' was ', ...ended(end), `. ${NOTHING_MADE}`],
    ...reasonWords(end),
  ]);
  const words = end.reason === null ? '' : cutTo(end.reason, WORDS_CHARACTERS_MAX);
  const asked = prompt === null ? '' : cutTo(prompt, WORDS_CHARACTERS_MAX);
  return {
    ...said,
    blocks: [
      ...said.blocks,
      ...(words === '' ? [] : [quote(words)]),
      ...(asked === '' ? [] : [richLines(['You asked for:']), quote(asked)]),
    ],
  };
}

const reasonWords = ({ as, reason }: RequestEnd): Inline[][] =>
  as === 'lapsed' ? [['Ask again if you still want it.']] : reason ? [['Reason:']] : [];

function movedForRequest({
  amountCredits,
  window,
  from,
  to,
  audience,
  inTheWayCount,
}: ApprovalNote & { kind: 'moved_for_request' }): Inline[][] {
  const between: Inline[] =
    audience === 'internal' ? [' from ', ...accountParts(from, 'Inside'), ' to ', ...accountParts(to, 'Inside')] : [];
  return [
    [bold(credits(amountCredits)), ' moved', ...between, `, ${WINDOW_WORDS[window].now}. Both limits show the move.`],
    [FOR_REQUEST[inTheWayCount === null ? 'ended' : inTheWayCount === 0 ? 'free' : 'inTheWay']],
  ];
}

const FOR_REQUEST = {
  ended: 'The request has already ended.',
  free: 'No limit blocks the request now. It’s waiting for your approval.',
  inTheWay: 'A limit still blocks the request. Its card shows which one.',
} as const;

/** Once a window: a warning at every request would not be read. */
function limitWarning(note: ApprovalNote & { kind: 'limit_warning' }, readerId: string): Inline[][] {
  const { memberId, limit, audience, hidden, names, clientName } = note;
  const to: RefusalContext = { readerId, audience, clientName, helpers: [], hidden, names };
  const which = budget(limit, to, 'Inside');
  const figures: Inline[][] = mayShowFigures(limit.account, to) ? [[limitSum(limit, termsToShow(to))]] : [];
  const forClient: Inline[] = clientName === null ? [] : [', for ', name(clientName)];
  if (memberId === readerId) {
    return [['Your request is over ', ...which, '. That limit only warns, so the request goes through.'], ...figures];
  }
  return [
    [person(memberId), ' went over ', ...which, ...forClient, '. That limit only warns, so the request went through.'],
    ...figures,
    ['Inkwell tells you once per limit and period.'],
  ];
}
