import type { KnownBlock } from '@slack/types';
import type { OwnView } from '../../app/home/own-view.ts';
import { waitsForClient } from '../../app/images/next-action.ts';
import type { HomeView, JobView } from '../../app/messenger.ts';
import { MARKS, type Mark } from '../../ledger/work.ts';
import type { Job } from '../../storage/records/job.ts';
import { balanceInShort, ownBalanceLines } from '../../words/balances.ts';
import { counted, credits, number } from '../../words/figures.ts';
import { tipWords } from '../../words/peer-check.ts';
import { chargedCredits, numbersOf } from '../image-message/image-fate.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, COMMANDS } from '../kit/ids.ts';
import { actions, bold, button, context, header, type Inline, name, plain, richLines } from '../kit/parts.ts';
import { channelLink, moment } from '../kit/text.ts';
import { people } from '../refusals/refusal-limit.ts';
import { askForRoleButton } from '../refusals/way-buttons.ts';

/** The part of Home that everybody has: own credits, and the images last asked for. */

const PROMPT_CHARACTERS_MAX = 200;
/** Those who look after an agency see that first, and fewer of these. */
const LATEST_BESIDE_MAX = 3;

export type OwnLook = { pages: HomeLocation; pictures: boolean; isPrimary: boolean };

/** What this person has left, and their clients and teams; what they may do where that is not to make images. */
export function ownBlocks({ credits: view, own }: HomeView, { pages, isPrimary }: OwnLook): KnownBlock[] {
  const makes = own.access === 'makes';
  const make = button('Make an image', {
    action: ACTIONS.homeImagine,
    value: writeMetadata(pages),
    ...(isPrimary ? { style: 'primary' as const } : {}),
  });
  const balance = ownBalanceLines(view.own, { makes });
  const others = [...view.teams.map((team) => ({ ...team, is: ', your team' })), ...own.clients];
  return [
    ...(balance.length > 0 ? [richLines([bold('Your credits')], ...balance)] : []),
    ...(others.length > 0 ? [richLines(...others.map((each) => inShort(each, { makes })))] : []),
    ...(makes ? [actions(make)] : [richLines(whyNot(own))]),
    ...(own.access === 'looks_on' ? [actions(askForRoleButton())] : []),
  ];
}

const inShort = (
  { is = '', hasOutsiders = false, ...each }: OwnView['clients'][number] & { is?: string },
  reader: { makes: boolean },
): Inline[] => [
  name(each.name),
  `${is}  ${balanceInShort(each, reader)}${hasOutsiders ? ' · people from outside are in its channel' : ''}`,
];

/** What a person can do, and who can help. */
function whyNot({ access, ownerIds }: OwnView): Inline[] {
  const helpers: Inline[] = ownerIds.length > 0 ? people(ownerIds, 'or') : ['An owner'];
  switch (access) {
    case 'makes':
      return [];
    case 'looks_on':
      return ['You can look at images in your channels, but not make any. ', ...helpers, ' can change that.'];
    case 'suspended':
      return ['You’re suspended, so you can’t make images now. ', ...helpers, ' can resume your access.'];
    case 'removed':
      return ['You were removed, so you can’t make images anymore. ', ...helpers, ' can bring you back.'];
  }
}

/** Nothing where there is nothing to say. */
export const tipsBlocks = ({ own: { tips } }: HomeView): KnownBlock[] =>
  tips.length === 0
    ? []
    : [richLines([bold('Tips from your last four weeks')], ...tips.map((tip): Inline[] => [`• ${tipWords(tip)}`]))];

export function latestBlocks({ latest, own, overview }: HomeView, { pictures }: OwnLook): KnownBlock[] {
  const makes = own.access === 'makes';
  if (latest.length === 0 && !makes) return [];
  const shown = overview ? latest.slice(0, LATEST_BESIDE_MAX) : latest;
  return [
    header('Your latest images'),
    ...(shown.length > 0 ? shown.flatMap((job) => imageBlocks(job, pictures)) : [NOTHING_YET]),
  ];
}

const NOTHING_YET = context(
  `None yet. Type \`${COMMANDS.imagine} a red fox at dusk\` in a client’s channel, or use the button above.`,
);

function imageBlocks({ job, prompt, said }: JobView, pictures: boolean): KnownBlock[] {
  const words = plain(
    prompt ?? (job.declined ? '(A refused prompt isn’t kept.)' : '(The prompt was deleted.)'),
    PROMPT_CHARACTERS_MAX,
  );
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
  if (waitsForClient(job)) return 'waiting for this channel to get a client';
  if (job.declined) return 'not made: refused; Inkwell told you why where you asked';
  if (job.approval !== 'none' && job.clientId === null) {
    return job.finished ? 'not approved' : 'waiting for approval';
  }
  if (job.unreachable !== null) return 'not made: Inkwell couldn’t post in the channel';
  if (numbersOf(job, 'making').length > 0) return 'in progress';
  if (numbersOf(job, 'checking').length > 0) return 'checking';
  const made = numbersOf(job, 'made').length + numbersOf(job, 'not_kept').length;
  if (made === 0) return 'not made, not charged';
  const images = counted(made, 'image');
  return job.eachCredits === 0 ? `${images}, free` : `${images} for ${credits(chargedCredits(job))}`;
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
