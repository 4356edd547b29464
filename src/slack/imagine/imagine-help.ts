import type { ModelRate } from '../../images/rates/card.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { STAGES } from '../../ledger/work.ts';
import { list } from '../../words/figures.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { bold, code, cutTo, type Inline } from '../kit/parts.ts';
import { NOTHING_MADE } from '../kit/text.ts';

const TYPED_CHARACTERS_MAX = 2_500;
/** Of each model's sizes and qualities; the form shows them all. */
const CHOICES_MAX = 8;

/** Explains `/imagine`, with the models offered now. */
export function imagineHelp(models: readonly ModelRate[]): Message {
  return message([
    [bold('/imagine'), ' makes images with the credits of this channel’s client.'],
    [
      code('/imagine'),
      ' opens a form with the price. ',
      code('/imagine a red fox at dusk'),
      ' makes one image right away.',
    ],
    [code('/imagine a red fox at dusk --n 4 --size 1536x1024 --stage final'), ' adds options:'],
    option('--n', `number of images, 1 to ${IMAGES_MAX}. Default: 1.`),
    ...modelLines(models),
    option('--stage', `${list(STAGES, 'or')}. Default: the project’s stage, or a guess.`),
    option('--project "Spring launch"', 'the project it counts toward. Default: this channel’s project, if any.'),
    option('--thread', 'a message link. Images are posted below that message and count toward that thread’s project.'),
    [
      'If the default quality isn’t allowed here, Inkwell uses the nearest allowed one, the cheaper of two. ',
      'An option you type that isn’t allowed is refused.',
    ],
    inThreads(),
    ['Text after a separate ', code('--'), ' is always prompt. ', code('/credits'), ' shows what’s left.'],
  ]);
}

/** Slack runs no commands in threads. */
const inThreads = (): Inline[] => [
  'In a thread, mention Inkwell, such as ',
  code('@Inkwell a red fox at dusk'),
  ', or choose ',
  bold(MAKE_HERE),
  ' in a message’s menu.',
];

/** The shortcut’s name in the manifest. */
const MAKE_HERE = 'Make an image here';

/** A mention that says nothing to draw, or does not begin its message. */
export const mentionHelp = (reason: 'empty' | 'within'): Message =>
  message([
    [
      reason === 'empty'
        ? 'Write what to draw after the mention, such as '
        : 'To make an image, begin the message with the mention, such as ',
      code('@Inkwell a red fox at dusk'),
      '.',
    ],
    ['For a form with the price, choose ', bold(MAKE_HERE), ' in a message’s menu. ', NOTHING_MADE],
  ]);

const option = (name: string, meaning: string): Inline[] => [code(name), `  ${meaning}`];

function modelLines(models: readonly ModelRate[]): Inline[][] {
  const [first] = models;
  if (!first) return [['No image service is set up right now.']];
  return [
    option('--model', `${models.map(({ id }) => id).join(', ')}. Default: ${first.id}.`),
    option('--size', `for ${first.id}: ${few(first.sizes)}. Default: ${first.defaultSize}.`),
    option('--quality', `for ${first.id}: ${few(first.qualities)}. Default: ${first.defaultQuality}.`),
  ];
}

const few = (choices: readonly string[]) =>
  choices.length > CHOICES_MAX ? `${choices.slice(0, CHOICES_MAX).join(', ')} …` : choices.join(', ');

/** What is wrong with what was typed, and what was typed: Slack has taken it out of the message field. */
export function imagineProblems(
  { sentences, typed }: { sentences: readonly string[]; typed: string },
  calledBy: string = COMMANDS.imagine,
): Message {
  const problems = sentences.map((sentence): Inline[] => [sentence]);
  const said = message([...problems, [`${NOTHING_MADE} You typed:`]]);
  return { ...said, blocks: [...said.blocks, quote(cutTo(`${calledBy} ${typed}`, TYPED_CHARACTERS_MAX))] };
}
