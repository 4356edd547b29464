import { describe, expect, test } from 'vitest';
import { loadJob } from '../../src/app/images/job-lease.ts';
import { KEPT_FOR_MS, waitsForClient } from '../../src/app/images/next-action.ts';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { ImageInput } from '../../src/app/inputs.ts';
import type { PrivateMessage } from '../../src/app/messenger.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { ProviderName } from '../../src/images/providers.ts';
import { createMemoryJournal } from '../../src/storage/journal/memory.ts';
import { createMemoryRecords } from '../../src/storage/records/memory.ts';
import { createClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import {
  createGuard,
  dyingAtEach,
  guardClock,
  guardMessenger,
  guardStores,
  isDone,
  type Moment,
} from '../support/mortal.ts';
import { createPaperSlack } from '../support/paper-slack.ts';
import { inChannel } from '../support/requester.ts';
import { approveRequest, denyRequest, requestImage } from '../support/verbs.ts';
import {
  ANA,
  CHANNEL,
  CLIENT,
  createScriptedMaker,
  createWorld,
  DONE,
  MARCUS,
  OLIVIA,
  openAgency,
  type TestWorld,
  UNBOUND,
  WORKSPACE,
} from '../support/world.ts';

type Scenario = {
  name: string;
  images?: number;
  channelId?: string;
  monthCredits?: number;
  outcomes?: ImageOutcome[];
  announce?: unknown[];
  /** The limit asks, and a manager answers so. */
  decide?: 'approve' | 'deny';
};

const SCENARIOS: Scenario[] = [
  { name: 'one image' },
  { name: 'three images, one refused', images: 3, outcomes: [DONE, { kind: 'refused', detail: 'policy' }, DONE] },
  { name: 'outcome unknown', outcomes: [{ kind: 'unknown', detail: 'reset' }] },
  { name: 'not started, then made', outcomes: [{ kind: 'transient', detail: 'rate', retryAfterMs: 100 }, DONE] },
  { name: 'out of quota', outcomes: [{ kind: 'account_stop', detail: 'quota' }] },
  { name: 'over the limit', monthCredits: 1 },
  { name: 'asked, then approved', monthCredits: 1, decide: 'approve' },
  { name: 'asked, then denied', monthCredits: 1, decide: 'deny' },
  { name: 'channel of no client yet', channelId: UNBOUND },
  { name: 'channel cannot be posted to', announce: [{ kind: 'unreachable', code: 'not_in_channel' }] },
];

const input = ({ images = 1, channelId = CHANNEL }: Scenario): ImageInput =>
  imageInput({ channelId, imagesCount: images });

async function play(scenario: Scenario, dieAt: { effectNo: number; moment: Moment } | null) {
  const journal = createMemoryJournal();
  const records = createMemoryRecords();
  const clock = createClock();
  const messenger = createPaperSlack();
  const maker = createScriptedMaker();
  // A paid provider: what was being sent when the process died may have been billed.
  const providerNames: ProviderName[] = ['openai'];
  await openWith(await createWorld({ journal, records, clock }), scenario);

  maker.answerNext(...(scenario.outcomes ?? []));
  messenger.answerNext('announce', ...(scenario.announce ?? []), ...(scenario.announce ?? []));
  const guarded = createGuard(dieAt);
  const first = await createWorld({
    clock: guardClock(clock, guarded),
    maker,
    ...guardStores({ journal, records }, guarded.guard),
    processId: 'p1',
    providerNames,
  });
  first.messenger = guardMessenger(messenger, guarded.guard);
  first.providers = { ...first.providers, images: { make: guarded.guard('make', maker.make) } };
  const lives = async (work: Promise<unknown>) => {
    for (let turns = 0; turns < 400 && !guarded.isDead(); turns += 1) {
      await clock.advance(turns % 20 === 19 ? 100 : 0);
      if (await isDone(work)) break;
    }
  };
  await lives(requestImage(first, input(scenario)));
  if (!guarded.isDead()) await lives(decide(first, scenario));

  const second = await createWorld({ journal, records, clock, maker, messenger, processId: 'p2', providerNames });
  const sweeps = async () => {
    const swept = recoverJobs(second, { alone: true });
    while (!(await isDone(swept))) await clock.advance(100);
    await swept;
  };
  await sweeps();
  const decided = decide(second, scenario);
  while (!(await isDone(decided))) await clock.advance(100);
  await clock.advance(KEPT_FOR_MS);
  await sweeps();
  return { second, effects: guarded.effects, messenger, maker, journal };
}

async function openWith(world: TestWorld, { monthCredits = 100, decide: answer }: Scenario): Promise<void> {
  await openAgency(world, { monthCredits });
  if (!answer) return;
  const limit = { account: `client:${CLIENT}`, window: 'month', limitCredits: monthCredits } as const;
  const wish = { kind: 'set_limit', ...limit, over: 'ask', rollOverMaxCredits: null } as const;
  await world.book.submit({ commandId: 'asks', by: OLIVIA, ...wish });
}

/** Marcus answers, where there is something to answer: in the second process again, if the first died before it could. */
async function decide(world: TestWorld, { decide: answer }: Scenario): Promise<void> {
  const request = world.book.now().requests.get('job-1');
  if (!answer || !request || request.end) return;
  const requester = inChannel(MARCUS, CHANNEL);
  const decision = { deliveryId: `decide/${world.processId}`, requester, requestId: 'job-1' };
  if (answer === 'deny') return await denyRequest(world, { ...decision, reason: 'Enough foxes.' });
  await approveRequest(world, { ...decision, how: { kind: 'once' }, seen: [`client:${CLIENT} month`] });
}

/** Said besides the one thing that says how it ended, or that repeats what the message in the channel shows. */
const BESIDES = new Set<PrivateMessage['kind']>(['delayed', 'approval_asked', 'request_approved', 'images_ended']);

/** The laws, from what is left: the ledger's lines, the messages people see, the requests that were paid for. */
async function audit(played: Awaited<ReturnType<typeof play>>, scenario: Scenario, died: string) {
  const { second, messenger, maker, journal } = played;
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 1_000 });
  const held = lines.flatMap((line) => (line.kind === 'held' || line.kind === 'approved' ? line.holds : []));
  const ended = lines.filter((line) => ['captured', 'voided', 'slipped'].includes(line.kind));
  expect(ended.length).toBe(held.length);
  expect(second.book.now().holds.size).toBe(0);
  expect(maker.requests.length).toBeLessThanOrEqual(Math.max(held.length, (scenario.outcomes ?? []).length));

  const captured = lines.flatMap((line) => (line.kind === 'captured' ? line.capturedCredits : []));
  const used =
    second.book
      .now()
      .use.get(`client:${CLIENT}`)
      ?.find(({ key }) => key === 'total')?.usedCredits ?? 0;
  expect(used).toBe(captured.reduce((sum, credits) => sum + credits, 0));

  const job = await loadJob(second, 'job-1');
  if (!job) {
    // It died before anything of the request was written down: nothing happened, and nothing is charged.
    expect(died).toMatch(/^(before|after) (append|prompt)|^before step/);
    expect(held).toHaveLength(0);
    return;
  }
  expect(job.finished || waitsForClient(job)).toBe(true);
  for (const { answer, settled } of job.images) {
    if (answer?.kind === 'done') expect(settled?.as).toBe('captured');
    if (answer?.kind === 'unknown') expect(settled?.as).toBe('slipped');
  }
  const outcomes = messenger.sheets.filter(({ drawn }) => drawn?.job.images.every(({ settled }) => settled));
  const toAna = messenger.told.flatMap(({ to, note }) => (to.memberId === ANA ? [note] : []));
  const told = toAna.filter(({ kind }) => !BESIDES.has(kind));
  // What ends a wait stands once, wherever the process died.
  for (const kind of ['request_approved', 'not_approved', 'images_ended'] as const) {
    const least = kind === 'request_approved' && job.approval !== 'none' && captured.length > 0 ? 1 : 0;
    const count = toAna.filter((note) => note.kind === kind).length;
    expect([kind, count >= least, count <= 1]).toEqual([kind, true, true]);
  }
  const isMissed = job.images.some(({ settled }) => settled?.as !== 'captured') || job.approval !== 'none';
  if (isMissed && outcomes.length > 0) expect(toAna.map(({ kind }) => kind)).toContain('images_ended');
  const heard = outcomes.length + told.length;
  // Slack has no way to take back, or to look for, a private sentence whose answer was lost with the process.
  // The cards of a request are drawn while it is said how that ended: the step after it may be lost with either.
  const mayHearTwice = /^(after tell|before step)$/.test(died) || (scenario.decide && /redraw_card$/.test(died));
  expect(heard).toBeGreaterThanOrEqual(1);
  expect(heard).toBeLessThanOrEqual(told.length > 0 && mayHearTwice ? 2 : 1);
  if (scenario.decide) auditCards(played, toAna, died);
  for (const { drawn } of outcomes) {
    const paid = drawn?.job.images.filter((image) => image.settled?.as === 'captured') ?? [];
    expect(paid.length).toBe(captured.length);
    expect(paid.every(({ fileId }) => fileId && messenger.files.has(fileId))).toBe(true);
  }
}

/** Each is asked once, and every card that was not lost with the process says how it ended. */
function auditCards({ second, messenger }: Awaited<ReturnType<typeof play>>, toAna: PrivateMessage[], died: string) {
  const asked = toAna.filter(({ kind }) => kind === 'approval_asked').length;
  expect(asked).toBeLessThanOrEqual(died === 'after tell' || died === 'before step' ? 2 : 1);
  const request = second.book.now().requests.get('job-1');
  expect(request?.end).not.toBeNull();
  const isLost = ['after card', 'before mark'].includes(died);
  for (const memberId of [ANA, MARCUS]) {
    const cards = messenger.cards.filter((each) => each.memberId === memberId);
    expect(cards.length).toBeLessThanOrEqual(1);
    const ends = cards.map(({ card }) => ('end' in card ? (card.end?.as ?? 'open') : null));
    expect(ends.filter((end) => end !== request?.end?.as && !(isLost && end === 'open'))).toEqual([]);
  }
}

describe('a crash at any moment', () => {
  test.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))('%s', async (_name, scenario) => {
    const whole = await play(scenario, null);
    await audit(whole, scenario, 'never');
    expect(whole.effects.length).toBeGreaterThan(3);
    await dyingAtEach(
      whole.effects,
      (dieAt) => play(scenario, dieAt),
      (played, died) => audit(played, scenario, died),
    );
  });
});
