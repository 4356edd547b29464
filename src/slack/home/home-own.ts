import type { KnownBlock } from '@slack/types';
import type { HomeView, JobView } from '../../app/messenger.ts';
import { MARKS, type Mark } from '../../ledger/work.ts';
import type { Job } from '../../storage/records/job.ts';
import { balanceLines } from '../../words/balances.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { chargedCredits, numbersOf } from '../image-message/image-fate.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, COMMANDS } from '../kit/ids.ts';
import { actions, bold, button, context, header, plain, richLines } from '../kit/parts.ts';
import { channelLink, moment } from '../kit/text.ts';

/** The part of Home that everybody has: own credits, and the images last asked for. */

const PROMPT_CHARACTERS_MAX = 200;

export function ownBlocks(
  { credits: view, latest }: HomeView,
  look: { pages: HomeLocation; pictures: boolean },
): KnownBlock[] {
  const mayMake = view.role !== 'viewer';
  const make = button('Make an image', {
    action: ACTIONS.homeImagine,
    value: writeMetadata(look.pages),
    style: 'primary',
  });
  return [
    richLines([bold('Your credits')], ...balanceLines(view.own)),
    mayMake ? actions(make) : context('You’re a viewer: you can look, but not make images.'),
    header('Your latest images'),
    ...(latest.length > 0 ? latest.flatMap((job) => imageBlocks(job, look.pictures)) : [nothingYet(mayMake)]),
  ];
}

const nothingYet = (mayMake: boolean) =>
  context(
    mayMake
      ? `None yet. Type \`${COMMANDS.imagine} a red fox at dusk\` in a client’s channel, or use the button above.`
      : 'None yet.',
  );

function imageBlocks({ job, prompt, said }: JobView, pictures: boolean): KnownBlock[] {
  const words = plain(prompt ?? '(The prompt was deleted.)', PROMPT_CHARACTERS_MAX);
  const [firstMade] = job.deletedBy === null ? numbersOf(job, 'made') : [];
  const fileId = job.images.find(({ imageNo }) => imageNo === firstMade)?.fileId;
  const picture =
    pictures && fileId
      ? {
          accessory: {
            type: 'image' as const,
            slack_file: { id: fileId },
            alt_text: 'The image made from this prompt',
          },
        }
      : {};
  return [
    { type: 'section', text: words, ...picture },
    context([channelLink(job.place.channelId), ended(job), ...marks(said), moment(job.askedAt)].join(' · ')),
  ];
}

/** How it ended, as far as it has. */
function ended(job: Job): string {
  if (job.deletedBy !== null) return 'deleted';
  if (job.declined) return 'not made: refused; Inkwell told you why where you asked';
  if (job.approval !== 'none' && job.clientId === null) {
    return job.finished ? 'not approved' : 'waiting for approval';
  }
  if (job.unreachable !== null) return 'not made: Inkwell couldn’t post in the channel';
  if (numbersOf(job, 'making').length > 0) return 'in progress';
  if (numbersOf(job, 'checking').length > 0) return 'checking';
  const made = numbersOf(job, 'made').length + numbersOf(job, 'not_kept').length;
  if (made === 0) return 'not made, not charged';
  return `${counted(made, 'image')} for ${credits(chargedCredits(job))}`;
}

const MARKED: Readonly<Record<Mark, string>> = { keep: 'kept', final: 'final', discard: 'discarded' };

/** How many of them are marked as what; of a single image just that. */
function marks(said: JobView['said']): string[] {
  return MARKS.flatMap((mark) => {
    const count = said.filter(({ marked }) => marked?.mark === mark).length;
    if (count === 0) return [];
    return [said.length === 1 ? MARKED[mark] : `${number(count)} ${MARKED[mark]}`];
  });
}
