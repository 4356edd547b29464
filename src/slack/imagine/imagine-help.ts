import type { ModelRate } from '../../images/rate-card.ts';
import { STAGES } from '../../ledger/commands/commands.ts';
import { IMAGES_MAX } from '../../ledger/decide/hold.ts';
import { type Message, message, quote } from '../kit/message.ts';
import { bold, code, cutTo, type Inline } from '../kit/parts.ts';
import { DEFAULT_STAGE } from './parse-command.ts';

const TYPED_CHARACTERS_MAX = 2_500;
/** Of each model's sizes and qualities; the form shows them all. */
const CHOICES_MAX = 8;

/** How `/imagine` is used, with what is offered now. */
export function imagineHelp(models: readonly ModelRate[]): Message {
  return message([
    [bold('/imagine'), ' makes images with the credits of the client whose channel you are in.'],
    [code('/imagine'), ' opens a form, with the price before you ask.'],
    [code('/imagine a red fox at dusk'), ' makes one at once.'],
    [code('/imagine a red fox at dusk --n 4 --size 1536x1024 --stage final'), ' says more.'],
    option('--n', `how many, 1 to ${IMAGES_MAX}; 1 if left out`),
    option('--stage', `what for: ${STAGES.join(', ')}; the project’s, or ${DEFAULT_STAGE}, if left out`),
    option('--project "Spring launch"', 'what it counts for; what the channel is bound to if left out'),
    option('--thread', 'the link of a message: the images are posted below it, and count for what it is bound to'),
    ...modelLines(models),
    [
      'Only what the rules for you and this client allow is offered. What is left out is the quality nearest to the usual one, ',
      'the cheaper of two; what is typed and not allowed is refused.',
    ],
    [
      'What follows ',
      code('--'),
      ' by itself is prompt, whatever it looks like. ',
      code('/credits'),
      ' says what is left.',
    ],
  ]);
}

const option = (name: string, meaning: string): Inline[] => [code(name), `  ${meaning}`];

function modelLines(models: readonly ModelRate[]): Inline[][] {
  const [first] = models;
  if (!first) return [['There is no image service at the moment.']];
  return [
    option('--model', `${models.map(({ id }) => id).join(', ')}; ${first.id} if left out`),
    option('--size', `for ${first.id}: ${few(first.sizes)}; ${first.defaultSize} if left out`),
    option('--quality', `for ${first.id}: ${few(first.qualities)}; ${first.defaultQuality} if left out`),
  ];
}

const few = (choices: readonly string[]) =>
  choices.length > CHOICES_MAX ? `${choices.slice(0, CHOICES_MAX).join(', ')} …` : choices.join(', ');

/** What is wrong with what was typed, and what was typed: Slack has taken it out of the message field. */
export function imagineProblems({ sentences, typed }: { sentences: readonly string[]; typed: string }): Message {
  const problems = sentences.map((sentence): Inline[] => [sentence]);
  const said = message([...problems, ['Nothing was made, and nothing was charged. You typed:']]);
  return { ...said, blocks: [...said.blocks, quote(cutTo(`/imagine ${typed}`, TYPED_CHARACTERS_MAX))] };
}
