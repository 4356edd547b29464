import { ANA, BEN, channelOf, MARCUS, OLIVIA } from './agency.ts';
import { type Act, PROMPT_MARK, type Thread } from './life.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Gives everything in a scenario a name of its own. */
export type Namer = { next(what: string): string; pick<Value>(values: readonly Value[]): Value; nowMs: number };

type Story = (namer: Namer) => Thread[];

/** What the provider does with each image, attempt by attempt; the prompt says it to the provider. */
function image(
  namer: Namer,
  change: Partial<Act & { kind: 'image' }> & { does?: readonly string[] } = {},
): Act & { kind: 'image' } {
  const { does = [namer.pick(['ok', 'ok', 'ok full', 'slow'])], ...of } = change;
  const deliveryId = of.deliveryId ?? namer.next('job');
  const prompt = `A ${PROMPT_MARK} for ${deliveryId} ${does.map((each) => `[${each}]`).join('')}`;
  const by = namer.pick([ANA, BEN]);
  return { kind: 'image', deliveryId, by, channelId: channelOf('atlas'), prompt, imagesCount: does.length, ...of };
}

/** In a channel whose client has room for none, and whose limit asks. */
function asked(namer: Namer, clientId = 'asks', does = ['ok full']): Act & { kind: 'image' } {
  return image(namer, { channelId: channelOf(clientId), does });
}

const once = { kind: 'once' } as const;

const approve = (
  namer: Namer,
  { deliveryId: requestId }: { deliveryId: string },
  change: Partial<Act & { kind: 'approve' }> = {},
): Act => ({
  kind: 'approve',
  deliveryId: namer.next('click'),
  by: MARCUS,
  requestId,
  clientId: 'asks',
  how: once,
  ...change,
});

const later = (ms: number): Act => ({ kind: 'later', ms });
const SWEEP: Act = { kind: 'sweep' };

/** What people, and time, do; each leads to some of the points at which a process may die. */
export const STORIES = {
  image: (namer) => [[image(namer)]],
  three: (namer) => [[image(namer, { does: ['ok', 'refused', 'ok'] })]],
  refused: (namer) => [[image(namer, { channelId: channelOf('tight'), does: ['ok'] })]],
  /** They share a write, or come one after the other. */
  crowd: (namer) => Array.from({ length: 4 }, () => [image(namer, { does: ['ok'] })]),
  unknown: (namer) => [[image(namer, { does: [namer.pick(['unknown', 'reset'])] }), later(70 * MINUTE_MS), SWEEP]],
  checking: (namer) => [[image(namer, { does: ['unknown'] })]],
  transient: (namer) => [[image(namer, { does: ['transient ok'] })]],
  never: (namer) => [[image(namer, { does: ['transient transient transient'] })]],
  /** Owners hear of it once a day. */
  quota: (namer) => [[later(24 * HOUR_MS), image(namer, { does: ['quota'] })]],
  unbound: (namer) => {
    const channelId = namer.next('C0NEW').toUpperCase();
    const bind: Act = { kind: 'bind', deliveryId: namer.next('click'), by: OLIVIA, channelId, clientId: 'atlas' };
    return [[image(namer, { channelId, does: ['ok'] }), bind]];
  },
  unreachable: (namer) => [[image(namer, { channelId: channelOf('lost'), does: ['ok'] })]],
  /** Its message is gone when the image is ready. */
  vanished: (namer) => [[image(namer, { channelId: channelOf('gone'), does: ['ok'] })]],
  warned: (namer) => [[image(namer, { channelId: channelOf('warned'), by: namer.next('U0NEW').toUpperCase() })]],
  approved: (namer) => {
    const request = asked(namer);
    return [[request, approve(namer, request)]];
  },
  /** Two people click, perhaps in two processes: one of them comes second. */
  contested: (namer) => {
    const request = asked(namer, 'asks', ['ok full', 'refused']);
    return [
      [request, approve(namer, request)],
      [{ kind: 'pause', ms: 60 }, approve(namer, request, { by: OLIVIA })],
    ];
  },
  plenty: (namer) => {
    const request = asked(namer, 'plenty');
    const untilDate = new Date(namer.nowMs + 200 * DAY_MS).toISOString().slice(0, 10);
    const how = { kind: 'until', amountCredits: 60, untilDate } as const;
    return [[request, approve(namer, request, { clientId: 'plenty', how, by: OLIVIA })]];
  },
  denied: (namer) => {
    const request = asked(namer);
    return [[request, { kind: 'deny', deliveryId: namer.next('click'), by: MARCUS, requestId: request.deliveryId }]];
  },
  withdrawn: (namer) => {
    const request = asked(namer);
    return [
      [request, { kind: 'withdraw', deliveryId: namer.next('click'), by: request.by, requestId: request.deliveryId }],
    ];
  },
  escalated: (namer) => [[asked(namer), later(3 * HOUR_MS), SWEEP]],
  lapsed: (namer) => [[asked(namer), later(25 * HOUR_MS), SWEEP, SWEEP]],
  granted: (namer) => [
    [{ kind: 'grant', deliveryId: namer.next('click'), by: OLIVIA, clientId: 'atlas', amountCredits: 7 }],
  ],
  /** Somebody leaves while images of theirs are made, and wait to be made, and while a request of theirs is open. */
  leaves: (namer) => {
    const memberId = namer.next('U0LEAVES').toUpperCase();
    const does = ['slow', 'slow', 'slow', 'slow', 'slow'];
    const remove: Act = { kind: 'remove', deliveryId: namer.next('click'), by: OLIVIA, memberId };
    return [
      [image(namer, { by: memberId, does })],
      [{ ...asked(namer), by: memberId }, { kind: 'pause', ms: 20 }, remove],
    ];
  },
  deleted: (namer) => {
    const made = image(namer, { does: ['ok'] });
    return [[made, { kind: 'delete', by: made.by, jobId: made.deliveryId }]];
  },
  /** The next day has come. */
  nightly: () => [[later(26 * HOUR_MS), { kind: 'cron' }]],
  expired: (namer) => [[image(namer), later(91 * DAY_MS), SWEEP]],
} satisfies Record<string, Story>;

export type StoryName = keyof typeof STORIES;

/** Those that may go on beside anything else: they need no other time, and happen more than once. */
export const BESIDE: readonly StoryName[] = [
  'image',
  'three',
  'refused',
  'transient',
  'approved',
  'contested',
  'denied',
  'checking',
  'plenty',
];
