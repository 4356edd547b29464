import type { PeerHeld } from '../reports/peer-week.ts';
import type { PeerFinding } from '../reports/peers.ts';
import type { Tip, TipKind } from '../reports/tips.ts';
import { counted, credits, number } from './figures.ts';
import { member, type Part, strong, written } from './parts.ts';

/** What the check of peers does, for those who may turn it on. */

export const COMPARED_WORDS =
  'Inkwell compares how many credits a person uses for one kept image with colleagues on like work: same stage, class of model, and client or project. Both sides need 20 kept images.';
export const TOLD_WORDS =
  'A person who needs clearly more hears it first, privately, with tips. Their manager reads it only if it holds for three more weeks. No one is ranked.';
export const WORKS_COUNCIL_WORDS =
  'In some countries, a works council has to agree before people’s work is compared. Check this first.';

type Compared = Pick<PeerFinding, 'stage' | 'modelClass' | 'creditsPerKept' | 'peersCreditsPerKept' | 'keptCount'>;

const MODEL_UNITS_MAX = 60;
const each = (figure: number) => credits(Math.round(figure * 10) / 10);

/** What was compared, for the person: figures without a colleague’s name. */
export const comparedParts = ({ stage, modelClass, keptCount, ...of }: Compared): Part[] => [
  'In the last eight weeks you used ',
  strong(each(of.creditsPerKept)),
  ` for each of ${counted(keptCount, 'kept image')}, at stage ${stage}, with `,
  written(modelClass, MODEL_UNITS_MAX),
  '. Colleagues used about ',
  strong(each(of.peersCreditsPerKept)),
  ' on the same clients and projects.',
];

/** The same for a manager, with what may help. */
export const peerFindingParts = ({ memberId, tips, finding }: PeerHeld): Part[] => [
  member(memberId),
  ' used ',
  strong(each(finding.creditsPerKept)),
  ` for each kept image at stage ${finding.stage}, where about ${each(finding.peersCreditsPerKept)} are usual on like work. `,
  'This has held for weeks, and they know of it.',
  ...(tips.length > 0 ? [` What may help: ${tips.map(({ kind }) => TIP_WORDS[kind].short).join('; ')}.`] : []),
];

/** A habit and what to do about it, with the figures of the person’s own history. */
export const tipWords = ({ kind, count, ofCount }: Tip): string => {
  const { advice, seen } = TIP_WORDS[kind];
  return `${advice} ${seen(number(count), number(ofCount))}`;
};

type TipWords = { short: string; advice: string; seen(count: string, ofCount: string): string };

const TIP_WORDS: Readonly<Record<TipKind, TipWords>> = {
  rerolls_at_high_quality: {
    short: 'drafts first, high quality last',
    advice: 'Try variations at low quality, and make the chosen one at high quality.',
    seen: (count, of) => `In ${count} of ${of} threads, the same request was repeated at high quality.`,
  },
  first_images_at_high_quality: {
    short: 'first images at low quality',
    advice: 'Make first images at low quality.',
    seen: (count, of) => `${count} of ${of} first images were made at high quality.`,
  },
  many_at_once_few_kept: {
    short: 'fewer images at once',
    advice: 'Ask for one or two images, and for more when one works.',
    seen: (count, of) => `In ${count} of ${of} larger sets, few or none were kept.`,
  },
  discards_after_final: {
    short: 'no more images after the final one',
    advice: 'Stop at the final image.',
    seen: (count, of) => `In ${count} of ${of} threads, more images followed it and none was kept.`,
  },
  many_tries_few_kept: {
    short: 'a new prompt after a few tries',
    advice: 'After a few tries, use Edit prompt and change more of it.',
    seen: (count, of) => `In ${count} of ${of} threads, five or more requests led to one kept image at most.`,
  },
};
