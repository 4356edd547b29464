import type { WayNote } from '../../app/images/way-notes.ts';
import { number, price } from '../../words/figures.ts';
import { againButton } from '../image-message/image-message.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message } from '../kit/message.ts';
import { actions, person } from '../kit/parts.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { people } from '../refusals/refusal-limit.ts';
import { A_ROLE } from '../refusals/refusal-rights.ts';
import { insteadButton } from '../refusals/way-buttons.ts';

/** What comes of a click on a button below a refusal or an image. */
export function wayNote(note: WayNote): Message {
  switch (note.kind) {
    case 'instead_offered': {
      const cost = price(note.fitting.totalCredits);
      const said =
        note.why === 'fits_now'
          ? `Nothing blocks this anymore. It costs ${cost}. ${NOTHING_MADE}`
          : `This now costs ${cost}, so Inkwell asks you first. ${NOTHING_MADE}`;
      return message([[said]], actions(insteadButton(note.jobId, note.fitting)));
    }
    case 'price_rose': {
      const { shownCredits, totalCredits } = note;
      const before = shownCredits === 0 ? 'being free' : number(shownCredits);
      const said = `This now costs ${price(totalCredits)} instead of ${before}. ${NOTHING_MADE}`;
      return message([[said], ['Ask again if that’s fine:']]);
    }
    case 'again_offered': {
      const { jobId, totalCredits } = note;
      const said = `This now costs ${price(totalCredits)}, so Inkwell asks you first. ${NOTHING_MADE}`;
      const value = `${jobId} ${totalCredits}`;
      return message([[said]], actions(againButton(value, totalCredits, { style: 'primary' })));
    }
    case 'not_yours': {
      const { ownerId, to = 'delete' } = note;
      return message([['Only ', person(ownerId), `, an owner or this client’s managers can ${to} this.`]]);
    }
    case 'not_canceled':
      return message([[NOT_CANCELED[note.why]]]);
    case 'already_made':
      return message([['You already chose from these buttons. Nothing more was made or charged.']]);
    case 'others_asked':
      return message(helpAsked(note));
    case 'role_answered':
      return message([roleAnswered(note)]);
    case 'role_fits':
      return message([['You can make images now. Ask again.']]);
    case 'role_settled':
      return message([['Someone already answered ', person(note.memberId), '. Nothing was changed.']]);
  }
}

const NOT_CANCELED = {
  sent: 'It’s too late to cancel: the image service already has your request. Its credits stay on hold until it’s finished.',
  ended: 'There’s nothing left to cancel. The message shows how it ended.',
} as const;

function helpAsked({ askedIds, about }: WayNote & { kind: 'others_asked' }) {
  if (askedIds.length === 0) return [['Inkwell couldn’t reach anyone who can change this. Ask them directly.']];
  const next = about === 'role' ? 'You’ll get a message with the answer.' : 'Ask again once they’ve changed it.';
  return [['Inkwell asked ', ...people(askedIds, 'and'), `. ${NOTHING_MADE}`], [next]];
}

function roleAnswered({ by, role, mayMake }: WayNote & { kind: 'role_answered' }) {
  if (role === null) return [actor(by, 'Start'), ' kept your role as it is, so you can’t make images.'];
  const can = mayMake ? 'You can make images now.' : 'You still can’t make images.';
  return [actor(by, 'Start'), ` made you ${A_ROLE[role]}. ${can}`];
}
