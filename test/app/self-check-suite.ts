import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';
import type { StopCard } from '../../src/app/self-check/stop-view.ts';
import type { ImageOutcome } from '../../src/images/image-provider.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import type { Records } from '../../src/storage/records/records.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { createPaperSlack, type PaperSlack } from '../support/paper-slack.ts';
import { requestImage, resumeSpending } from '../support/verbs.ts';
import { ANA, CHANNEL, createWorld, DONE, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';

/** A real store, and somebody who is at it behind Inkwell's back. */
export type OpenPlace = {
  /** As another process opens it. */
  open(): Promise<{ journal: Journal; records: Records; close(): Promise<void> }>;
  read(seq: number): Promise<Line>;
  write(line: Line): Promise<void>;
  /** Makes a line unreadable. */
  scribble(seq: number): Promise<void>;
  removeAfter(seq: number): Promise<void>;
  remove(): Promise<void>;
};

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Nights on one store, by one process and by three: a wrong line is found, told once, and stops spending until it is mended. */
export function selfCheckSuite(openPlace: () => Promise<OpenPlace>, { processes = [1, 3] } = {}): void {
  describe.each(processes)('with %i processes on one store', (count) => {
    let place: OpenPlace;
    let worlds: TestWorld[];
    let slack: PaperSlack;
    let clock: TestClock;
    let closes: (() => Promise<void>)[];

    beforeEach(async () => {
      place = await openPlace();
      slack = createPaperSlack();
      clock = createClock();
      worlds = [];
      closes = [];
      for (let index = 0; index < count; index += 1) worlds.push(await start(`p${index}`));
      await openAgency(world(), { monthCredits: 100 });
      for (const { book } of worlds) await book.read();
    });
    afterEach(async () => {
      for (const each of worlds) await each.book.close();
      for (const close of closes) await close();
      await place.remove();
    });

    const world = (index = 0) => worlds[index] as TestWorld;
    async function start(processId: string): Promise<TestWorld> {
      const { close, ...stores } = await place.open();
      closes.push(close);
      return await createWorld({ ...stores, messenger: slack, clock, processId });
    }
    let ids = 0;
    const ask = (by = ANA, at = world()) => requestImage(at, imageInput({ deliveryId: `d-${++ids}`, by }));
    const refusals = () => slack.told.flatMap(({ note }) => (note.kind === 'refused' ? [note.refusal.reason] : []));
    const made = () => slack.sheets.filter(({ drawn }) => drawn?.job.images[0]?.answer?.kind === 'done');
    const cards = () =>
      slack.cards.flatMap(({ memberId, card }) => (card.kind === 'stop_card' ? [{ memberId, card }] : []));
    const stop = () => cards()[0]?.card.stop as StopCard['stop'];
    /** Half a minute before half past three of the next morning, in London: nobody takes over what is made until after it. */
    const lateInTheNight = () => clock.set((Math.floor(clock.now() / DAY) + 1) * DAY + 209.5 * MINUTE);
    const night = async ({ isLate = false } = {}) => {
      if (!isLate) lateInTheNight();
      clock.set(clock.now() + MINUTE);
      await Promise.all(worlds.map((each) => runDue(each)));
    };
    const lineOf = async (kind: Line['kind']) => {
      const lines = await world().journal.read({ workspace: 'T1', afterSeq: 0, linesMax: 1_000 });
      return lines.find((line) => line.kind === kind) as Line;
    };
    const resume = (by = OLIVIA, stopId = stop().stopId) =>
      resumeSpending(world(count - 1), { deliveryId: `resume-${++ids}`, by, stopId });

    test('a changed amount stops spending everywhere, is told once, and spending goes on once it is as it was', async () => {
      await ask();
      await night();
      await night();
      expect(cards()).toEqual([]);
      lateInTheNight();
      const letGo: (() => void)[] = [];
      world().maker.answerNext(() => new Promise<ImageOutcome>((resolve) => void letGo.push(() => resolve(DONE))));
      const running = ask(ANA, world());
      while (world().maker.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));

      const captured = (await lineOf('captured')) as Line & { kind: 'captured' };
      await place.write({ ...captured, costMicroUsd: captured.costMicroUsd + 1 });
      await night({ isLate: true });
      expect(cards().map(({ memberId }) => memberId)).toEqual([OLIVIA]);
      expect(stop()).toMatchObject({ brokenSeq: captured.seq, problem: expect.stringContaining('asked for') });
      await Promise.all(worlds.map((each) => runDue(each)));
      for (const each of worlds) await recoverJobs(each, { alone: false });
      expect(cards()).toHaveLength(1);

      // Nobody makes anything new: in no process, and in none that starts now.
      worlds.push(await start('later'));
      for (const each of worlds) await ask(ANA, each);
      expect(refusals()).toEqual(worlds.map(() => 'spending_stopped'));
      expect(made()).toHaveLength(1);
      for (const go of letGo) go();
      await running;
      expect(made()).toHaveLength(2);
      expect((await world().book.read()).holds.size).toBe(0);

      // Nobody but an owner, and not before it is right.
      expect(await resume(MARCUS)).toMatchObject({ kind: 'refused', refusal: { reason: 'not_allowed' } });
      expect(await resume(ANA)).toMatchObject({ kind: 'refused', refusal: { reason: 'not_allowed' } });
      expect(await resume()).toMatchObject({ kind: 'still_wrong', brokenSeq: captured.seq });
      await ask();
      expect(refusals()).toHaveLength(worlds.length + 1);

      await place.write(captured);
      expect(await resume()).toMatchObject({ kind: 'resumed' });
      expect(cards()).toHaveLength(1);
      expect(stop().resumed).toMatchObject({ by: OLIVIA });
      for (const each of worlds) await ask(ANA, each);
      expect(refusals()).toHaveLength(worlds.length + 1);
      expect(made()).toHaveLength(2 + worlds.length);
      expect(await resume()).toMatchObject({ kind: 'refused', refusal: { reason: 'spending_not_stopped' } });
      await night();
      expect(cards()).toHaveLength(1);
    });

    test('a process that began on the wrong line learns the right one when spending goes on', async () => {
      const limit = (await lineOf('limit_set')) as Line & { kind: 'limit_set' };
      await place.write({ ...limit, limitCredits: 5_000 });
      worlds.unshift(await start('misled'));
      const has = async () => (await world().book.read()).limits.get('client:northwind')?.[0]?.limitCredits;
      expect(await has()).toBe(5_000);
      await night();
      expect(stop()).toMatchObject({ brokenSeq: limit.seq, problem: expect.stringMatching(/the lines add up to/) });
      await place.write(limit);
      // By another process: this one only reads of it.
      expect(await resume(OLIVIA)).toMatchObject({ kind: 'resumed' });
      expect(await has()).toBe(100);
      await ask(ANA, world());
      expect(made()).toHaveLength(1);
    });

    test('a line that cannot be read any more stops spending too', async () => {
      await ask();
      const { seq } = await lineOf('held');
      const held = await place.read(seq);
      await place.scribble(seq);
      await night();
      // Whoever found it may not be able to write; those who are past it can, and go on spending until they do.
      for (const each of worlds) await recoverJobs(each, { alone: false }).catch(() => undefined);
      expect(stop()).toMatchObject({ brokenSeq: seq, isWritten: true, problem: expect.stringContaining('read') });
      await ask(ANA, world());
      expect(refusals()).toEqual(['spending_stopped']);
      await expect(start('never')).rejects.toMatchObject({ name: 'JournalFault', code: 'corrupt' });
      await place.write(held);
      expect(await resume()).toMatchObject({ kind: 'resumed' });
    });

    test('lines that are gone from the end are missed, told, and nothing can be held on what is left', async () => {
      await ask();
      for (const { book } of worlds) await book.read();
      const { seq } = await lineOf('captured');
      await place.removeAfter(seq - 1);
      await night();
      await night();
      expect(cards().filter(({ card }) => card.stop.stopId === stop().stopId)).toHaveLength(1);
      expect(stop()).toMatchObject({
        brokenSeq: seq,
        isWritten: false,
        problem: expect.stringContaining('is missing'),
      });
      // Who found it refuses; for the others, who come to it with their next look, the store has no line to go on from.
      const held = await Promise.all(
        worlds.map(({ book }, n) =>
          book.submit({ commandId: `x${n}`, by: ANA, ...HOLD }).then(
            (answer) => (answer.ok ? 'held' : answer.refusal.reason),
            ({ code }: { code: string }) => code,
          ),
        ),
      );
      expect(held).toContain('spending_stopped');
      expect(held.filter((said) => said !== 'spending_stopped' && said !== 'corrupt')).toEqual([]);
      expect(await lineOf('captured')).toBeUndefined();
    });

    test('where nobody can write, an owner who could not be told is told by the sweeper, once', async () => {
      await ask();
      for (const { book } of worlds) await book.read();
      const { seq } = await lineOf('captured');
      await place.removeAfter(seq - 1);
      slack.answerNext('postCard', { kind: 'failed', code: 'ratelimited' });
      await night();
      expect(cards()).toEqual([]);
      const sweeps = () => Promise.allSettled(worlds.map((each) => recoverJobs(each, { alone: false })));
      await sweeps();
      await sweeps();
      expect(cards().map(({ memberId }) => memberId)).toEqual([OLIVIA]);
      expect(stop()).toMatchObject({ brokenSeq: seq, isWritten: false });
    });

    test('an owner who could not be told is told by the sweeper, once', async () => {
      const limit = await lineOf('limit_set');
      await place.write({ ...limit, limitCredits: 99 } as Line);
      slack.answerNext('postCard', { kind: 'failed', code: 'ratelimited' });
      await night();
      expect(cards()).toEqual([]);
      await Promise.all(worlds.map((each) => recoverJobs(each, { alone: false })));
      await Promise.all(worlds.map((each) => recoverJobs(each, { alone: false })));
      expect(cards()).toHaveLength(1);
    });

    test('whoever becomes an owner meanwhile is told as well; an owner who is a guest by now is not', async () => {
      const limit = await lineOf('limit_set');
      await place.write({ ...limit, limitCredits: 99 } as Line);
      for (const each of worlds) each.channels.audience = async (_, id) => (id === OLIVIA ? 'shared' : 'internal');
      await night();
      expect(cards()).toEqual([]);
      const role = { kind: 'set_role', memberId: MARCUS, role: 'owner' } as const;
      await world().book.submit({ commandId: 'promoted', by: OLIVIA, ...role });
      await recoverJobs(world(), { alone: false });
      expect(cards().map(({ memberId }) => memberId)).toEqual([MARCUS]);
    });
  });
}

const HOLD = {
  kind: 'hold',
  imagesCount: 1,
  eachCredits: 1,
  channelId: CHANNEL,
  threadTs: null,
  projectId: null,
  work: { model: 'sketch', size: '1024x1024', quality: 'low', stage: 'concept', rateCardId: 'r', boundMicroUsd: 1 },
  timeoutMs: 60_000,
  contentDigest: 'd',
} as const;
