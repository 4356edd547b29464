import type { Refusal } from '../../ledger/refusals.ts';
import { TEAMS_OF_MEMBER_MAX } from '../../ledger/teams.ts';
import { number } from '../../words/figures.ts';

type Invalid = Extract<Refusal, { reason: 'invalid' }>;

/** What a value has to be, in the words and units of the form that it was typed into. No name of a field reaches a person. */
export function invalidWords({ field, problem }: Invalid): string {
  const subject = SUBJECTS[field];
  if (subject) return `${subject} ${problem.replace(/\d{4,}/g, (figure) => number(Number(figure)))}.`;
  return SENTENCES[field] ?? 'One of the values can’t be used here.';
}

/** Credits, images and words: the ledger's own bounds are what people type. */
const SUBJECTS: Readonly<Record<string, string>> = {
  amountCredits: 'The amount',
  approvalsCount: 'The number of approvals',
  coachingText: 'The text of the tips',
  dueAt: 'The due date',
  eachCredits: 'The price of an image',
  expiresAt: 'The expiry',
  hourMaxCredits: 'The credits in an hour',
  imagesCount: 'The number of images',
  imagesMax: 'The most images',
  limitCredits: 'The limit',
  name: 'The name',
  ownerAboveCredits: 'The credits above which an owner decides',
  priceMaxCredits: 'The highest price',
  problem: 'The text',
  reason: 'The reason',
  requestsMax: 'The number of requests',
  rollOverMaxCredits: 'What rolls over',
  untilAt: 'The last day',
};

/** What the ledger keeps in other units, or under names of its own. */
const SENTENCES: Readonly<Record<string, string>> = {
  account: 'Inkwell can’t find what that limit is for.',
  clientIds: 'Those are too many clients, or one of them is gone.',
  creditValueMicroUsd: 'A credit must be worth more than 0 and at most 1,000 dollars.',
  defaultRole: 'New people start as creator or viewer.',
  escalateAfterMs: 'The time until owners are asked too must be from 1 minute to 14 days.',
  lapseAfterMs: 'Requests must expire after owners are asked too, within 30 days.',
  limits: 'Choose at least one of the limits.',
  markupBasisPoints: 'The markup must be more than −100 and at most 99,900 percent.',
  minuteOfDay: 'Choose a time of the day.',
  models: 'Choose from 1 to 50 models, or none for all.',
  peerCheck: 'The peer check is on or off.',
  percents: 'Up to five whole percents from 1 to 100, each once.',
  qualities: 'Choose from 1 to 50 qualities, or none for all.',
  quiet: 'The quiet time needs two different times of the day.',
  reactions: 'Reactions need three different names of emoji.',
  readers: 'Choose who gets the digest.',
  scope: 'Rules are for a role, a client or a person.',
  teamIds: `A person can be in at most ${TEAMS_OF_MEMBER_MAX} teams.`,
  timeZone: 'Inkwell doesn’t know that time zone.',
  to: 'Credits move between two different limits.',
  weekStartsOn: 'Choose a day of the week.',
  weekday: 'Choose a day of the week.',
  withinMs: 'That span of time is too short or too long.',
};
