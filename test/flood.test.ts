import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Running } from '../src/start/start.ts';
import { demoFolder, startDemo } from './support/demo.ts';
import { someOf, testLong } from './support/is-long.ts';

const NORTHWIND = 'C0NORTHWIND';
const [ANA, BEN, OLIVIA] = ['U0ANA', 'U0BEN', 'U0OLIVIA'];

let dataDir: string;
let running: Running;

async function open() {
  running = await startDemo(dataDir);
}

beforeEach(async () => {
  dataDir = await demoFolder();
  await open();
});

afterEach(async () => {
  await running.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const sizeOf = (name: string) => {
  const files = [name, `${name}-wal`].map((each) => join(dataDir, each));
  return files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
};
const linesOf = () => running.context.book.now().seq;

async function flood(as: string, from: number, count: number, text: (n: number) => string, name = '/imagine') {
  const slack = running.slack!;
  // What opens a form is answered by it, and everything else by a sentence of its own.
  const answers = () => slack.messages(NORTHWIND, { as }).filter(({ ephemeral }) => ephemeral).length;
  const isAnswered = text(0) !== '' || name !== '/imagine';
  const before = answers();
  for (let n = from; n < from + count; n += 25) {
    const some = Array.from({ length: Math.min(25, from + count - n) }, (_, index) => n + index);
    await Promise.all(some.map((each) => slack.as(as).command(name, text(each), { channelId: NORTHWIND })));
  }
  if (isAnswered) await slack.until(() => answers() >= before + count || null, 90_000);
  await slack.until(() => running.context.running.size === 0 || null, 60_000);
}

async function takeCreditsAway() {
  const limit = {
    account: `member:${ANA}`,
    window: 'month',
    limitCredits: 0,
    over: 'refuse',
    rollOverMaxCredits: null,
  } as const;
  const set = await running.context.book.submit({ commandId: 'none', by: OLIVIA, kind: 'set_limit', ...limit });
  expect(set.ok).toBe(true);
}

describe('somebody without credits', () => {
  testLong(
    'fills neither journal nor records, however often they ask',
    async () => {
      await takeCreditsAway();
      const prompt = (n: number) => `${n} ${'a very long wish '.repeat(150)}`;
      await flood(ANA, 0, 100, prompt);
      const before = { lines: linesOf(), ledger: sizeOf('ledger.sqlite'), records: sizeOf('records.sqlite') };
      await flood(ANA, 100, 200, prompt);
      expect(linesOf() - before.lines).toBe(0);
      expect(sizeOf('ledger.sqlite') - before.ledger).toBe(0);
      // Rounds of the process write a mark now and then; the prompts alone would be half a megabyte.
      expect(sizeOf('records.sqlite') - before.records).toBeLessThan(40_000);
      expect(running.context.book.turnedAwayCount).toBeGreaterThanOrEqual(200);

      // Whoever else asks is heard.
      const used = linesOf();
      await running.slack!.as(BEN).command('/imagine', 'a fox --quality draft', { channelId: NORTHWIND });
      await running.slack!.until(() => linesOf() > used || null, 20_000);
    },
    120_000,
  );

  test('is told why, and their refused prompts are not kept', async () => {
    await takeCreditsAway();
    await flood(ANA, 0, 3, (n) => `a secret teapot ${n}`);
    const { records, book } = running.context;
    const jobIds = await records.jobs.latest({ workspace: book.workspace, memberId: ANA, jobsMax: 10 });
    expect(jobIds).toHaveLength(3);
    for (const jobId of jobIds) expect(await records.prompts.get({ workspace: book.workspace, jobId })).toBeNull();
    const told = running.slack!.messages(NORTHWIND, { as: ANA }).filter(({ ephemeral }) => ephemeral);
    expect(JSON.stringify(told)).toContain('a secret teapot');
  });

  const wrong: [string, (n: number) => string][] = [
    ['/imagine', (n: number) => `--colour ${n}`],
    ['/imagine', () => ''],
    ['/imagine', () => 'help'],
    [
      '/imagine',
      (n: number) => `a fox --thread https://juniper.slack.com/archives/C0ELSEWHERE/p17000000000${10_000 + n}`,
    ],
    ['/credits', () => ''],
    ['/credits', (n: number) => `project none-${n}`],
    ['/credits', (n: number) => `people ${n}`],
    ['/credits', (n: number) => `nonsense ${n}`],
  ];
  test.each(someOf(wrong, 3))(
    '%s with what is wrong writes nothing',
    async (name, text) => {
      await takeCreditsAway();
      await flood(ANA, 0, 1, () => 'a fox');
      await flood(ANA, 0, 5, text, name);
      const before = { lines: linesOf(), records: sizeOf('records.sqlite') };
      await flood(ANA, 5, 20, text, name);
      expect(linesOf() - before.lines).toBe(0);
      expect(sizeOf('records.sqlite') - before.records).toBeLessThan(40_000);
    },
    60_000,
  );
});

describe('the usual burst limit', () => {
  test('is set at the first start, once, and stays off where an owner turned it off', async () => {
    const burst = () => running.context.book.now().settings?.burst;
    expect(burst()).toEqual({ requestsMax: 60, withinMs: 600_000 });
    const off = { name: 'burst', value: null } as const;
    await running.context.book.submit({ commandId: 'off', by: OLIVIA, kind: 'set_policy', policy: off });
    await running.stop();
    await open();
    expect(burst()).toBeNull();
    await running.context.records.marks.remove({ workspace: running.context.book.workspace, key: 'usual-burst' });
    await running.stop();
    await open();
    expect(burst()).toBeNull();
  });
});
