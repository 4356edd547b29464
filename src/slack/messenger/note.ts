import type { PrivateMessage, PromptProblem } from '../../app/messenger.ts';
import { number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { channelMention, code, cutTo, type Inline, name, person } from '../kit/parts.ts';
import { approvalNote } from '../notes/note-approvals.ts';
import { offerParagraphs } from '../notes/note-offer.ts';
import { projectParagraphs } from '../notes/note-project.ts';
import { unreachableParagraphs } from '../notes/note-unreachable.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { people } from '../refusals/refusal-limit.ts';

/** As much of a prompt as helps to ask again. */
const PROMPT_CHARACTERS_MAX = 2_500;

/** Something said to one person: what happened, what it means for the credits, and what to do. */
export function noteMessage(note: PrivateMessage, reader: { memberId: string }): Message {
  switch (note.kind) {
    case 'refused': {
      const { refusal, audience, helpers, helpersBy = {}, clientName, names, cheapestCredits } = note;
      const refused = refusalMessage(refusal, {
        readerId: reader.memberId,
        audience,
        helpers,
        helpersBy,
        clientName,
        names,
        cheapestCredits,
      });
      return withPrompt(refused, note.prompt);
    }
    case 'client_asked':
      return withPrompt(message(clientAsked(note)), note.prompt);
    case 'no_offer':
      return withPrompt(message(offerParagraphs(note.refusal)), note.prompt);
    case 'prompt_wrong':
      return message([[promptSentence(note.problem)]]);
    case 'project_wrong':
      return withPrompt(message(projectParagraphs(note, reader)), note.prompt);
    case 'unreachable':
      return message(unreachableParagraphs(note));
    case 'too_late':
      return tooLate(note.prompt);
    case 'channel_bound':
      return message([channelBound(note)]);
    case 'image_gone':
      return message([[IMAGE_GONE[note.why]]]);
    case 'not_in_channel':
      return message([notInChannel(note.channelId)]);
    case 'not_yours':
      return message([
        ['Only ', person(note.ownerId), ', the owners and whoever manages this client can delete this.'],
      ]);
    case 'not_begun':
    case 'delayed':
      return message([[SENTENCES[note.kind], ' Reference ', code(note.reference), '.']]);
    case 'id_reused':
    case 'not_finished':
      return message([[SENTENCES[note.kind]]]);
    case 'approval_asked':
    case 'not_approved':
    case 'more_in_the_way':
    case 'decision_refused':
    case 'coaching':
    case 'coaching_sent':
    case 'moved_for_request':
    case 'limit_warning':
    case 'delegate_named':
      return approvalNote(note, reader);
  }
}

const SENTENCES = {
  not_begun:
    'Inkwell could not write your request down, so nothing will happen, and nothing is charged. Try again in a minute.',
  delayed:
    'Your request is written down, but something is in the way. Inkwell goes on with it by itself; do not ask again.',
  id_reused: 'This was sent twice with different words. The first request counts; ask again for the other one.',
  not_finished: 'This is still being made. It can be deleted once it has come to an end.',
} as const;

const IMAGE_GONE = {
  deleted: 'This was deleted, with its prompt.',
  prompt_erased: 'The prompt of this is no longer kept, so it can be neither repeated nor edited.',
  not_found: 'Inkwell does not find this request here any more.',
} as const;

function clientAsked({ channelId, askedIds }: PrivateMessage & { kind: 'client_asked' }): Inline[][] {
  const asked: Inline[] =
    askedIds.length > 0
      ? ['Inkwell has asked ', ...people(askedIds, 'and'), '. Ask again for your image once it is decided.']
      : ['An owner or manager of Inkwell has to decide that, and nobody could be asked. Tell one of them.'];
  return [
    [channelMention(channelId), ' belongs to no client yet, so nothing was made, and nothing was charged.'],
    asked,
  ];
}

function promptSentence(problem: PromptProblem): string {
  switch (problem.reason) {
    case 'empty':
      return 'The prompt is empty. Say what the image should show. Nothing was charged.';
    case 'too_long': {
      const { characters, charactersMax } = problem;
      return `The prompt has ${number(characters)} characters; ${number(charactersMax)} is the most. Nothing was charged.`;
    }
  }
}

/** Their own words again, so that nobody has to type them a second time. */
function withPrompt(said: Message, prompt: string | null): Message {
  const words = prompt === null ? '' : cutTo(prompt, PROMPT_CHARACTERS_MAX);
  return words === '' ? said : { ...said, blocks: [...said.blocks, quote(words)] };
}

function tooLate(prompt: string | null): Message {
  const said = 'Inkwell was away and found your request only now. Nothing was made, and nothing is charged.';
  if (prompt === null) return message([[`${said} Ask again if you still want it.`]]);
  const again = ' Ask again if you still want it; you asked for:';
  return message([[said + again]], quote(cutTo(prompt, PROMPT_CHARACTERS_MAX) || '…'));
}

const notInChannel = (channelId: string): Inline[] => [
  'You, or Inkwell, are not in ',
  channelMention(channelId),
  ', so nothing was made there, and nothing was charged. Join it, or invite Inkwell with ',
  code('/invite @Inkwell'),
  ', and ask again.',
];

function channelBound({ channelId, clientName, by }: PrivateMessage & { kind: 'channel_bound' }): Inline[] {
  const where = [actor(by, 'Start'), ' decided: ', channelMention(channelId)];
  if (clientName === null) return [...where, ' belongs to no client, so no images are made there.'];
  return [...where, ' belongs to ', name(clientName), '. Ask again for your image there.'];
}
