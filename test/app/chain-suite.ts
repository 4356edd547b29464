import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recoverJobs } from '../../src/app/images/recover-jobs.ts';

import type { StopCard } from '../../src/app/self-check/stop-view.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { runDue } from '../../src/scheduler/run-due.ts';
import { stopCard } from '../../src/slack/spending-stop/stop-card.ts';
import { closeStores, openStores, type StoresPlace } from '../../src/start/open-stores.ts';
import { createClock, type TestClock } from '../support/clock.ts';
import { imageInput } from '../support/image-input.ts';
import { someOf, testLong } from '../support/is-long.ts';
import { createPaperSlack, type PaperSlack } from '../support/paper-slack.ts';
import { requestImage } from '../support/verbs.ts';
import { ANA, CLIENT, createWorld, MARCUS, OLIVIA, openAgency, type TestWorld } from '../support/world.ts';
import { DAMAGES, type Damage } from './chain-damages.ts';

/** A real store, and a person with its shell. */
export type ChainPlace = {
  at: StoresPlace;
  lines(): Promise<Line[]>;
  /** First removes lines, by their numbers, then adds lines. */
  change(change: { removed: readonly Line[]; added: readonly Line[] }): Promise<void>;
  /** What `npm run ledger:verify` prints. */
  verify(): string;
  remove(): Promise<void>;
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Lines that a book has written, damaged by hand after Inkwell was stopped. The head that a stop keeps is all that it has seen. */
export function chainSuite(openPlace: () => Promise<ChainPlace>, { oneIn = 1 } = {}): void {
  let place: ChainPlace;
  let clock: TestClock;
  let slack: PaperSlack;
  beforeEach(async () => {
    place = await openPlace();
    clock = createClock();
    slack = createPaperSlack();
    await running(write);
  });
  afterEach(() => place.remove());

  /** A process on the store, from its start to its stop. */
  async function running(work: (world: TestWorld) => Promise<void>): Promise<void> {
    const stores = await openStores(place.at, { workspace: 'T1', clock });
    const world = await createWorld({ journal: stores.journal, records: stores.records, messenger: slack, clock });
    await world.book.close();
    world.book = stores.book;
    await work(world).finally(() => closeStores(stores));
  }
  async function write(world: TestWorld): Promise<void> {
    await openAgency(world);
    const wishes = [
      { kind: 'rename_client', clientId: CLIENT, name: 'Northwind' },
      {
        kind: 'grant',
        account: `client:${CLIENT}`,
        grantId: 'g',
        amountCredits: 5,
        expiresAt: clock.now() + 90 * DAY,
        reason: 'A pitch',
      },
      { kind: 'set_role', memberId: MARCUS, role: 'creator' },
    ] as const;
    for (const [n, wish] of wishes.entries()) {
      clock.set(clock.now() + HOUR);
      await world.book.submit({ commandId: `w-${n}`, by: OLIVIA, ...wish });
    }
    clock.set(clock.now() + HOUR);
    await requestImage(world, imageInput({ deliveryId: 'before', by: ANA }));
  }
  const stops = () => slack.cards.flatMap(({ card }) => (card.kind === 'stop_card' ? [card.stop] : []));
  const refusals = () => slack.told.flatMap(({ note }) => (note.kind === 'refused' ? [note.refusal.reason] : []));
  const damaged = async ({ change }: Damage) => {
    const lines = await place.lines();
    const changed = change(lines);
    const isIn = (all: readonly Line[]) => {
      const texts = new Set(all.map((line) => JSON.stringify(line)));
      return (line: Line) => texts.has(JSON.stringify(line));
    };
    const [stays, was] = [isIn(changed), isIn(lines)];
    await place.change({
      removed: lines.filter((line) => !stays(line)),
      added: changed.filter((line) => !was(line)),
    });
    return lines;
  };

  testLong('nothing is named while the lines are as they were written', async () => {
    expect(place.verify()).toMatch(/T1: \d+ lines, all right/);
    await running(async (world) => {
      clock.set((Math.floor(clock.now() / DAY) + 1) * DAY + 4 * HOUR);
      await runDue(world);
      await requestImage(world, imageInput({ deliveryId: 'after', by: ANA }));
      expect(stops()).toEqual([]);
      expect(refusals()).toEqual([]);
    });
  });

  describe.each(someOf(DAMAGES, oneIn).map((each) => [each.name, each] as const))('%s', (_, each) => {
    test('ledger:verify names the line, and nothing is spent once the night has found it', async () => {
      if (each.isUnfoldable)
        return await running(async (world) => nightAfter(world, { owners: each.owners, ...(await find(each)) }));
      const { lines, seq } = await find(each);
      await running((world) => nightAfter(world, { owners: each.owners, seq: each.atStart?.(lines) ?? seq }));
    });
  });

  async function find(damage: Damage): Promise<{ lines: Line[]; seq: number }> {
    const lines = await damaged(damage);
    const { seq, problem } = damage.named(lines);
    const said = place.verify();
    expect(said).toMatch(new RegExp(`T1: line ${seq} cannot be right: `));
    expect(said).toMatch(problem);
    return { lines, seq };
  }

  async function nightAfter(
    world: TestWorld,
    { seq: brokenSeq, owners }: { seq: number; owners: string | undefined },
  ): Promise<void> {
    clock.set((Math.floor(clock.now() / DAY) + 1) * DAY + 4 * HOUR);
    await runDue(world);
    await recoverJobs(world, { alone: true });
    await requestImage(world, imageInput({ deliveryId: 'after', by: ANA }));
    expect(refusals()).toEqual(['spending_stopped']);
    expect(world.maker.requests).toEqual([]);
    const [stop] = stops();
    expect(stop).toMatchObject({ brokenSeq });
    expect(stops()).toHaveLength(1);
    const { text } = stopCard({ kind: 'stop_card', at: clock.now(), stop: stop as StopCard['stop'] });
    expect(text).toContain(owners ?? `Line ${brokenSeq} of Inkwell’s ledger failed its check.`);
    // The words of the check are for the log.
    expect(text).not.toContain(stop?.problem);
  }

  /** What a start looks at is the newest line that was kept. */
  const AT_START = DAMAGES.filter(({ name, atStart }) => atStart || /the last line was|all lines after it/.test(name));
  test.each(someOf(AT_START, oneIn).map((each, n) => [each.name, 1 + 20 * n, each] as const))(
    '%s: what a start finds %i days later was found then',
    async (_, days, each) => {
      await damaged(each);
      clock.set(clock.now() + days * DAY);
      await running(async (world) => {
        expect(world.book.stoppedHere).toMatchObject({ at: clock.now() });
        await requestImage(world, imageInput({ deliveryId: 'after', by: ANA }));
        expect(slack.told.at(-1)).toMatchObject({ note: { refusal: { reason: 'spending_stopped', at: clock.now() } } });
        await recoverJobs(world, { alone: true });
        expect(stops()).toMatchObject([{ at: clock.now() }]);
      });
    },
  );

  testLong('where the lines cannot be folded, no start serves anybody', async () => {
    const [unfoldable] = DAMAGES.filter(({ isUnfoldable }) => isUnfoldable);
    await damaged(unfoldable as Damage);
    await expect(running(async () => {})).rejects.toMatchObject({ name: 'StartFault' });
  });
}
