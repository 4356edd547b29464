import type { PeerNote } from '../../app/peer-check/peer-note-view.ts';
import { listed } from '../../words/parts.ts';
import { comparedParts, tipWords } from '../../words/peer-check.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import { actions, bold, button, context, dateToken, type Inline, person, richLines } from '../kit/parts.ts';

/** For one person alone: kind, plain, and with a way to say that the comparison does not fit. */
export function peerNoteMessage({ memberId, week, finding, tips, readerIds, on, isDifferent }: PeerNote): Message {
  const compared = comparedParts(finding);
  if (isDifferent) {
    const taken: Inline[] = ['You said that this work was different. It is taken back, and no one else reads of it.'];
    return { text: words([taken]), blocks: [richLines(taken)] };
  }
  const help: Inline[][] =
    tips.length > 0
      ? [[bold('What may help, from your own history')], ...tips.map((tip): Inline[] => [`• ${tipWords(tip)}`])]
      : [['Nothing in your own history explains it, so it may be the work itself.']];
  const value = writeMetadata(FIRST_PAGES, memberId, week);
  return {
    text: words([compared]),
    blocks: [
      richLines([bold('A note for you alone')], compared),
      richLines(...help),
      richLines(readersLine(readerIds), ['If the comparison doesn’t fit, say so. Your word takes it back.']),
      actions(button('This work was different', { action: ACTIONS.peerDifferent, value })),
      richLines(['The peer check was turned on by ', actor(on.by, 'Inside'), ', ', dateToken(on.at), '.']),
      context('It never looks at how much anyone makes, and ranks no one. Inkwell says this at most every six weeks.'),
    ],
  };
}

const readersLine = (readerIds: readonly string[]): Inline[] =>
  readerIds.length === 0
    ? ['As it is set up now, no one else reads of this.']
    : [
        'No one else reads this now. If it still holds in three weeks, ',
        ...listed(
          readerIds.map((id): Inline[] => [person(id)]),
          'and',
        ),
        ' will see one sentence and these tips in the weekly digest.',
      ];
