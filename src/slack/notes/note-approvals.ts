import type { ApprovalNote } from '../../app/approvals/notes.ts';
import type { RequestEnd } from '../../ledger/requests.ts';
import { credits, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { actor } from '../kit/actor.ts';
import { whose } from '../kit/limit-words.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { bold, channelMention, cutTo, dateToken, type Inline, name, person, richLines } from '../kit/parts.ts';
import { mayShowFigures } from '../kit/show-to-audience.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { budget, otherLimitsParagraphs, type RefusalContext, sum } from '../refusals/refusal-limit.ts';
import { ended } from '../refusals/request-words.ts';

const WORDS_CHARACTERS_MAX = 2_500;

/** What is said to one person about requests that need an approval, and about limits that warn. */
export function approvalNote(note: ApprovalNote, reader: { memberId: string }): Message {
  const { memberId: readerId } = reader;
  switch (note.kind) {
    case 'approval_asked':
      return message(approvalAsked(note));
    case 'not_approved':
      return notApproved(note);
    case 'more_in_the_way': {
      const { by, exceeded, requestedCredits, requestId, audience, clientName, names, helpersBy = {} } = note;
      const to = { readerId, audience, clientName, helpers: [], helpersBy, names };
      const [, ...which] = otherLimitsParagraphs({ reason: 'other_limits', requestId, requestedCredits, exceeded }, to);
      const said: Inline[] = [
        actor(by, 'Start'),
        ' wanted to approve your request, but another limit is in the way by now.',
      ];
      return message([said, ...which.slice(0, -1), ['It still waits for an approval.']]);
    }
    case 'decision_refused': {
      const { refusal, audience, helpers, helpersBy = {}, names, clientName } = note;
      return refusalMessage(refusal, { readerId, audience, helpers, helpersBy, names, clientName });
    }
    case 'coaching':
      return message(
        [[person(note.by), ' sends you these tips, so that your credits go further:']],
        ...note.text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => quote(cutTo(line, WORDS_CHARACTERS_MAX) || '…')),
      );
    case 'coaching_sent':
      return message([
        note.wasSent
          ? [person(note.memberId), ' has been sent the tips.']
          : ['Slack did not take the tips for ', person(note.memberId), '. Try again in a minute.'],
      ]);
    case 'moved_for_request':
      return message(movedForRequest(note));
    case 'limit_warning':
      return message(limitWarning(note, readerId));
    case 'delegate_named':
      return message([
        [person(note.by), ' is away until ', dateToken(note.untilAt), ', and has asked you to decide about approvals.'],
        ['What waits for them is shown to you here too.'],
      ]);
  }
}

function approvalAsked({ channelId, askedCount }: ApprovalNote & { kind: 'approval_asked' }): Inline[][] {
  const who =
    askedCount === 0
      ? 'Nobody could be asked yet; an owner of Inkwell can help.'
      : `${askedCount === 1 ? 'Somebody has' : `${number(askedCount)} people have`} been asked.`;
  return [
    ['Your request in ', channelMention(channelId), ` goes over a limit, and needs an approval. ${who}`],
    ['Nothing is charged until then. Inkwell’s direct message to you says what is missing, and lets you withdraw it.'],
  ];
}

function notApproved({ end, channelId, prompt }: ApprovalNote & { kind: 'not_approved' }): Message {
  const said = message([
    [
      'Your request in ',
      channelMention(channelId),
      ' was ',
      ...ended(end),
      '. Nothing was made, and nothing was charged.',
    ],
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
  as === 'lapsed' ? [['Ask again if you still want it.']] : reason ? [['The reason given:']] : [];

function movedForRequest({
  amountCredits,
  window,
  from,
  to,
  audience,
  inTheWayCount,
}: ApprovalNote & { kind: 'moved_for_request' }): Inline[][] {
  const between: Inline[] = audience === 'internal' ? [' from ', ...whose(from), ' to ', ...whose(to)] : [];
  return [
    [
      bold(credits(amountCredits)),
      ' moved',
      ...between,
      `, ${WINDOW_WORDS[window].now}. Both accounts’ limits say so.`,
    ],
    [FOR_REQUEST[inTheWayCount === null ? 'ended' : inTheWayCount === 0 ? 'free' : 'inTheWay']],
  ];
}

const FOR_REQUEST = {
  ended: 'The request has ended meanwhile.',
  free: 'Nothing is in the way of the request any more: it waits for your approval.',
  inTheWay: 'A limit is still in the way of the request; its card says which.',
} as const;

/** Once a window, because a warning at every request is one that nobody reads. */
function limitWarning(note: ApprovalNote & { kind: 'limit_warning' }, readerId: string): Inline[][] {
  const { memberId, limit, audience, names, clientName } = note;
  const to: RefusalContext = { readerId, audience, clientName, helpers: [], names };
  const which = budget(limit, to, 'Inside');
  const figures: Inline[][] = mayShowFigures(limit.account, to) ? [[sum(limit)]] : [];
  const forClient: Inline[] = clientName === null ? [] : [', for ', name(clientName)];
  if (memberId === readerId) {
    return [['Your request went over ', ...which, '. It only warns, so the request goes through.'], ...figures];
  }
  return [
    [person(memberId), ' went over ', ...which, ...forClient, '. It only warns, so the request went through.'],
    ...figures,
    ['Inkwell says so once for each budget and window.'],
  ];
}
