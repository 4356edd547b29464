import type { PrivateMessage, PromptProblem } from '../../app/messenger.ts';
import { credits, number } from '../../words/figures.ts';
import { actor } from '../kit/actor.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { actions, channelMention, code, cutTo, type Inline, name } from '../kit/parts.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { approvalNote } from '../notes/note-approvals.ts';
import { imagesEnded } from '../notes/note-images.ts';
import { offerParagraphs } from '../notes/note-offer.ts';
import { projectButtons, projectParagraphs } from '../notes/note-project.ts';
import { wayNote } from '../notes/note-ways.ts';
import { whyNotPosted } from '../notes/why-not-posted.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { people } from '../refusals/refusal-limit.ts';
import { insteadButton, wayButtons } from '../refusals/way-buttons.ts';

/** As much of a prompt as helps to ask again. */
const PROMPT_CHARACTERS_MAX = 2_500;

/** Something said to one person: what happened, what it means for the credits, and what to do. */
export function noteMessage(note: PrivateMessage, reader: { memberId: string }): Message {
  switch (note.kind) {
    case 'refused': {
      const { kind: _, refusal, prompt, ways, ...more } = note;
      const to = { ...more, readerId: reader.memberId, isFitTried: ways !== undefined };
      return withPrompt(refusalMessage(refusal, to), prompt, ways ? wayButtons(ways, refusal, to) : []);
    }
    case 'client_asked':
      return withPrompt(message(clientAsked(note, reader)), note.prompt);
    case 'not_run':
      return notRun(note, reader);
    case 'no_offer':
      return withPrompt(message(offerParagraphs(note.refusal)), note.prompt);
    case 'prompt_wrong':
      return withPrompt(message([[promptSentence(note.problem)]]), note.prompt);
    case 'project_wrong':
      return withPrompt(message(projectParagraphs(note, reader)), note.prompt, projectButtons(note, reader));
    case 'unreachable':
      return withPrompt(message(unreachableParagraphs(note)), note.prompt);
    case 'too_late':
      return tooLate(note.prompt);
    case 'images_ended':
      return imagesEnded(note);
    case 'channel_bound':
      return message([channelBound(note)]);
    case 'image_gone':
      return message([[IMAGE_GONE[note.why]]]);
    case 'not_in_channel':
      return withPrompt(message([notInChannel(note.channelId)]), note.prompt);
    case 'price_rose':
    case 'again_offered':
    case 'not_canceled':
    case 'not_yours':
    case 'instead_offered':
    case 'already_made':
    case 'others_asked':
    case 'role_answered':
    case 'role_fits':
    case 'role_settled':
      return withPrompt(wayNote(note), 'prompt' in note ? note.prompt : null);
    case 'not_begun':
    case 'delayed':
      return message([[SENTENCES[note.kind], ' Reference ', code(note.reference), '.']]);
    case 'id_reused':
    case 'not_finished':
      return message([[SENTENCES[note.kind]]]);
    case 'approval_asked':
    case 'request_approved':
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
  not_begun: 'Inkwell couldn’t save your request. Nothing will be made or charged. Try again in a minute.',
  delayed: 'Your request is saved, but something is delaying it. Inkwell will continue on its own; don’t ask again.',
  id_reused: 'This was sent twice with different text. The first one counts. Send the other one again if you want it.',
  not_finished: 'This is still in progress. You can delete it when it’s finished.',
} as const;

const IMAGE_GONE = {
  deleted: 'This was deleted, along with its prompt.',
  prompt_erased: 'Inkwell no longer keeps this prompt, so you can’t repeat or edit it.',
  not_found: 'Inkwell can’t find this request anymore.',
} as const;

function clientAsked(note: PrivateMessage & { kind: 'client_asked' }, reader: { memberId: string }): Inline[][] {
  return [
    [channelMention(note.channelId), ` doesn’t belong to a client yet. ${NOTHING_MADE}`],
    whoChooses(note, reader),
  ];
}

/** Says who chooses the client. A reader who may do so got the same message as the others. */
function whoChooses(
  { askedIds, mostCredits }: PrivateMessage & { kind: 'client_asked' },
  { memberId }: { memberId: string },
): Inline[] {
  const most = mostCredits === 0 ? ', if it’s still free then.' : `, for at most ${credits(mostCredits)}.`;
  const others = askedIds.filter((each) => each !== memberId);
  const asked: Inline[] = others.length > 0 ? ['Inkwell asked ', ...people(others, 'and')] : [];
  if (others.length < askedIds.length) {
    const also: Inline[] = asked.length > 0 ? [' ', ...asked, ', too.'] : [];
    return [
      'Choose one in Inkwell’s message to you.',
      ...also,
      ` Your prompt is kept and runs automatically after that${most}`,
    ];
  }
  const toChoose: Inline[] =
    asked.length > 0
      ? [...asked, ' to choose one.']
      : ['An owner or manager has to choose one, but Inkwell couldn’t reach any. Ask one of them directly.'];
  return [...toChoose, ` Your prompt is kept and runs automatically once they have${most}`];
}

function notRun(note: PrivateMessage & { kind: 'not_run' }, reader: { memberId: string }): Message {
  const { prompt } = note;
  const channel = channelMention(note.channelId);
  const said = (...lead: Inline[]) => withPrompt(message([[...lead, ` ${NOTHING_MADE} You asked for:`]]), prompt);
  switch (note.why) {
    case 'lapsed':
      return said(channel, ' still belongs to no client, so your prompt expired.');
    case 'no_client':
      return said(channel, ' has no client, so your prompt didn’t run.');
    case 'dearer': {
      const { jobId, thenCredits, fitting } = note;
      const before = thenCredits === 0 ? 'being free' : number(thenCredits);
      const dearer = ` now costs ${credits(fitting.totalCredits)} instead of ${before}, so it didn’t run.`;
      return withBlocks(said('Your prompt in ', channel, dearer), [actions(insteadButton(jobId, fitting))]);
    }
    case 'refused': {
      const lead: Inline[] = [channel, ' belongs to a client now, but your prompt didn’t run.'];
      if (note.because === null) return said(...lead);
      const [first, because] = [message([lead]), noteMessage(note.because, reader)];
      return { ...withBlocks(first, because.blocks), text: `${first.text} ${because.text}` };
    }
  }
}

function promptSentence(problem: PromptProblem): string {
  switch (problem.reason) {
    case 'empty':
      return 'The prompt is empty. Describe the image. Nothing was charged.';
    case 'too_long': {
      const { characters, charactersMax } = problem;
      return `The prompt has ${number(characters)} characters. The maximum is ${number(charactersMax)}. Nothing was charged.`;
    }
  }
}

/** Repeats the person's own words, so that they need not type them again. */
function withPrompt(said: Message, prompt: string | null, buttons: Message['blocks'] = []): Message {
  const words = prompt === null ? '' : cutTo(prompt, PROMPT_CHARACTERS_MAX);
  return withBlocks(said, [...(words === '' ? [] : [quote(words)]), ...buttons]);
}

const withBlocks = (said: Message, blocks: Message['blocks']): Message => ({
  ...said,
  blocks: [...said.blocks, ...blocks],
});

function tooLate(prompt: string | null): Message {
  const said = `Inkwell was offline and only now saw your request. ${NOTHING_MADE}`;
  if (prompt === null) return message([[`${said} Ask again if you still want it.`]]);
  const again = ' Ask again if you still want it. You asked for:';
  return message([[said + again]], quote(cutTo(prompt, PROMPT_CHARACTERS_MAX) || '…'));
}

const notInChannel = (channelId: string): Inline[] => [
  'You or Inkwell aren’t in ',
  channelMention(channelId),
  `. ${NOTHING_MADE} Join the channel, or invite Inkwell with `,
  code('/invite @Inkwell'),
  ', then ask again.',
];

function channelBound({ channelId, clientName, by }: PrivateMessage & { kind: 'channel_bound' }): Inline[] {
  const where = [actor(by, 'Start'), ' decided: ', channelMention(channelId)];
  if (clientName === null) return [...where, ' has no client, so images can’t be made there.'];
  return [
    ...where,
    ' belongs to ',
    name(clientName),
    '. Inkwell now runs the prompts that waited for it, or says why not.',
  ];
}

/** The image was to be posted in a channel that Slack does not let the app post in. */
function unreachableParagraphs({ code, channelId }: { code: string; channelId: string }): Inline[][] {
  return [[...whyNotPosted(code, channelId, ', then ask again'), ` ${NOTHING_MADE}`]];
}
