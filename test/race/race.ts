import { type ChildProcess, fork } from 'node:child_process';
import fc from 'fast-check';
import { Book } from '../../src/book/book.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { timelessClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongo } from '../../src/storage/mongo/open.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, client, commandOf, hold, limit, open, voided, WORKSPACE } from '../support/fixtures.ts';
import { buildProgram } from '../support/program.ts';
import { AT_ONCE, FIT, limitsOf, placesOf, type Shape, shapes, WINDOWS } from '../support/race-shapes.ts';
import type { Answered, Order } from './orders.ts';

export type RaceOptions = {
  processes: number;
  rounds: number;
  seed: number;
  /** An address for each database: every round has one of its own, because FerretDB looks at all of it. */
  uri(database: string): string;
  onRound?(done: Round): void;
};

/** What came of a round. `problems`: why it was not exactly ten. */
export type Round = { round: number; ms: number; linesCount: number; askedAgain: number; problems: string[] };

const WAIT_MS = 20_000;
const DAY_MS = 86_400_000;
/** It takes as long as the race itself. */
const AGAIN_EVERY = 4;

/**
 * The race: 500 requests at once over several processes that know of one another nothing but the database, with credits
 * for ten. Ten are held, never more, never fewer; and when they were given back, ten of eleven fit again.
 */
export async function race({ processes, rounds, seed, uri, onRound }: RaceOptions): Promise<Round[]> {
  const program = buildProgram('test/race/racer.ts');
  const racers = Array.from({ length: processes }, () => startRacer(program.file));
  const results: Round[] = [];
  try {
    for (const [round, shape] of fc.sample(shapes, { seed, numRuns: rounds }).entries()) {
      const result = await runRound({ round, shape, racers, at: uri(`inkwell-race-${process.pid}-${round}-test`) });
      results.push(result);
      onRound?.(result);
    }
  } finally {
    for (const { child } of racers) child.kill();
    program.remove();
  }
  return results;
}

type Racer = { child: ChildProcess; tell(order: Order): Promise<Answered> };
type Setting = { round: number; shape: Shape; racers: readonly Racer[]; at: string };

function startRacer(program: string): Racer {
  const child = fork(program, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { PATH: process.env.PATH ?? '' },
  });
  const tell = (order: Order) =>
    new Promise<Answered>((resolve, reject) => {
      const gone = () => reject(new Error('a process of the race is gone'));
      child.once('exit', gone);
      child.once('message', (said: { ok: boolean; problem?: string } & Answered) => {
        child.off('exit', gone);
        if (said.ok) resolve(said);
        else reject(new Error(said.problem));
      });
      child.send(order);
    });
  return { child, tell };
}

async function runRound(setting: Setting): Promise<Round> {
  const { round, shape, racers, at } = setting;
  const startedAt = performance.now();
  const mongo = await openMongo(at, { waitMs: WAIT_MS });
  try {
    const journal = await openMongoJournal(mongo);
    await setUp(journal, round, shape);
    const order: Order = { kind: 'open', uri: at, workspace: WORKSPACE, at: MONDAY };
    await Promise.all(racers.map(({ tell }) => tell(order)));

    const problems: string[] = [];
    const first = await askAtOnce(setting, 'h', AT_ONCE);
    if (first.held.length !== FIT) problems.push(`${first.held.length} of ${AT_ONCE} held`);
    const answers = [
      ...first.answers,
      ...(round % AGAIN_EVERY === 0 ? await giveBackAndAsk(setting, first.held, problems) : []),
    ];
    await Promise.all(racers.map(({ tell }) => tell({ kind: 'close' })));

    const audited = await audit(journal, answers);
    const askedAgain = answers.reduce((sum, { attempt }) => sum + attempt - 1, 0);
    const { linesCount } = audited;
    return {
      round,
      ms: performance.now() - startedAt,
      linesCount,
      askedAgain,
      problems: [...problems, ...audited.problems],
    };
  } finally {
    await mongo.connection.dropDatabase();
    await mongo.close();
  }
}

/** One of the processes gives back what was held in all of them: as much fits again, and not one more. */
async function giveBackAndAsk(setting: Setting, held: readonly string[], problems: string[]) {
  const { round, shape, racers } = setting;
  const voids = held.flatMap((id) =>
    Array.from({ length: shape.imagesCount }, (_, n) => commandOf(voided(`${id}/${n + 1}`), `void-${id}-${n}`)),
  );
  const given = await (racers[round % racers.length] as Racer).tell({ kind: 'submit', commands: voids });
  const again = await askAtOnce(setting, 'again', FIT + 1);
  if (again.held.length !== FIT) problems.push(`${again.held.length} of ${FIT + 1} held after they were given back`);
  return [...given.answers, ...again.answers];
}

async function setUp(journal: Journal, round: number, shape: Shape): Promise<void> {
  const clock = timelessClock(() => MONDAY);
  const book = await Book.open({ journal, clock, workspace: WORKSPACE });
  const bank = WINDOWS.map((each) => limit('client:bank', each, 1_000_000_000));
  const limits = limitsOf(round, shape, { grantUntilAt: MONDAY + DAY_MS });
  const wishes: Asked[] = [open(), client('bank', 'Bank'), ...bank, ...placesOf(round), ...limits];
  const answers = await Promise.all(wishes.map((wish, n) => book.submit(commandOf(wish, `given-${n}`))));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]));
  if (refused.length > 0) throw new Error(`round ${round} could not be set up: ${JSON.stringify(refused)}`);
  await book.close();
}

/** Each process asks for its share, all at the same time. */
async function askAtOnce({ round, shape, racers }: Setting, named: string, count: number) {
  const { eachCredits, imagesCount } = shape;
  const wish = hold(eachCredits, { imagesCount, channelId: `C${round}`, by: `U${round}` });
  const shares = racers.map((): Command[] => []);
  for (let n = 0; n < count; n += 1) shares[n % racers.length]?.push(commandOf(wish, `${named}-${n}`));
  const told = racers.map(({ tell }, n) => tell({ kind: 'submit', commands: shares[n] ?? [] }));
  const answers = (await Promise.all(told)).flatMap((each) => each.answers);
  return { answers, held: answers.flatMap(({ as, commandId }) => (as === 'held' ? commandId : [])) };
}

/** What each process was told stands so in the journal, once, and the journal adds up. */
async function audit(journal: Journal, answers: Answered['answers']) {
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
  const verifier = new Verifier(WORKSPACE, contentHash);
  for (const line of lines) verifier.add(line);
  const verified = verifier.result();
  const problems = verified.ok ? [] : [`the journal does not verify: line ${verified.seq} ${verified.problem}`];
  const unlike = answers.filter(({ seq, commandId, as }) => {
    const line = lines[seq - 1];
    return line?.commandId !== commandId || line.kind !== as;
  });
  if (unlike.length > 0) problems.push(`${unlike.length} answers are not what the journal says`);
  return { problems, linesCount: lines.length };
}
