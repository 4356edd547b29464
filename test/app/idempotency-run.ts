import { expect } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { BookFault } from '../../src/book/decide-batch.ts';
import type { Command, CommandBody } from '../../src/ledger/commands/commands.ts';
import type { Answer, Line } from '../../src/ledger/lines.ts';
import type { State } from '../../src/ledger/state.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import type { SnapshotKeeper } from '../../src/storage/snapshots/keep.ts';
import { createClock } from '../support/clock.ts';
import {
  agency,
  CREATOR,
  capture,
  commandOf,
  grant,
  hold,
  limit,
  MANAGER,
  OWNER,
  VIEWER,
  WORKSPACE,
} from '../support/fixtures.ts';
import { plain } from '../support/given.ts';
import { approve, move, policy } from '../support/wishes.ts';

/** A command, and what comes under its id the second time: the same content, or another. */
export type Pair = { first: Command; second: Command; isSame: boolean };

const DAY = 86_400_000;
/** Fewer than a book lets wait. */
const AT_ONCE = 2_000;

/** Of every kind, accepted and refused: what is spent, what ends it, what is given, set, moved, asked for and approved. */
export function pairs(count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => {
    const commandId = `pair-${index}`;
    const first = { by: OWNER, commandId, ...wishOf(index) } as Command;
    // Each kind in both ways.
    const isSame = (index + Math.floor(index / 10)) % 2 === 0;
    return { first, second: isSame ? { ...first } : other(first), isSame };
  });
}

function wishOf(index: number): CommandBody & { by?: string } {
  const earlier = `pair-${index - (index % 10)}/1`;
  switch (index % 10) {
    case 0:
      return hold(1 + (index % 7), { by: CREATOR });
    case 1:
      return { ...capture(earlier, 1), by: 'inkwell' };
    case 2:
      return { kind: 'void', holdId: earlier, reason: 'refused', by: 'inkwell' };
    case 3:
      // More than anybody has.
      return hold(999_999, { by: CREATOR });
    case 4:
      return grant(`member:${VIEWER}`, 1 + (index % 9), { grantId: `g-${index}` });
    case 5:
      return limit('client:acme', 'day', 1_000_000 + index);
    case 6:
      return move('client:acme', 'client:nova', 1);
    case 7:
      // Over a limit that asks.
      return hold(60_000, { by: CREATOR, channelId: 'C2' });
    case 8:
      return { ...approve(`pair-${index - 1}`, ['client:nova total']), by: OWNER };
    default:
      return policy('ownerAboveCredits', index);
  }
}

/** As little different as can be: one credit, one letter, somebody else. */
function other(command: Command): Command {
  if (command.kind === 'hold') return { ...command, eachCredits: command.eachCredits + 1 };
  if (command.kind === 'capture') return { ...command, costMicroUsd: command.costMicroUsd + 1 };
  if (command.kind === 'void') return { ...command, reason: 'rejected' };
  if (command.kind === 'grant') return { ...command, reason: `${command.reason}.` };
  if (command.kind === 'set_limit') return { ...command, limitCredits: (command.limitCredits ?? 0) + 1 };
  if (command.kind === 'move_budget') return { ...command, amountCredits: command.amountCredits + 1 };
  return { ...command, by: CREATOR };
}

/** What was answered, as text; `id_reused` where the id was used for something else. */
async function submitAll(book: Book, commands: readonly Command[]): Promise<string[]> {
  const answered: string[] = [];
  for (let done = 0; done < commands.length; done += AT_ONCE) {
    const some = commands.slice(done, done + AT_ONCE).map((command) =>
      book.submit(command).then(
        (answer: Answer) => JSON.stringify(answer),
        (error: unknown) => {
          if (error instanceof BookFault && error.code === 'id_reused') return error.code;
          throw error;
        },
      ),
    );
    answered.push(...(await Promise.all(some)));
  }
  return answered;
}

type Parts = { journal: Journal; other: Journal; count: number; snapshots?: () => SnapshotKeeper };

/**
 * Every id comes twice in one moment, and again 400 days later: in the same process, and in one that is started then on
 * another connection. Whatever came first is answered as it was, anything else under its id is an error, and the journal is
 * the one that the first round left, to the byte.
 */
export async function runPairs({ journal, other: elsewhere, count, snapshots }: Parts): Promise<void> {
  const clock = createClock();
  const open = (of: Journal) =>
    Book.open({ journal: of, clock, workspace: WORKSPACE, ...(snapshots ? { snapshots: snapshots() } : {}) });
  const book = await open(journal);
  for (const [index, asked] of past().entries()) await book.submit(commandOf(asked, `past-${index}`));
  const all = pairs(count);
  const twice = all.flatMap(({ first, second }) => [first, second]);

  const answers = await submitAll(book, twice);
  const wrong = all.filter(({ isSame }, index) => {
    const [first, second] = answers.slice(2 * index, 2 * index + 2);
    return first === 'id_reused' || second !== (isSame ? first : 'id_reused');
  });
  expect(wrong).toEqual([]);
  const left = await readAll(journal);
  expect(left.kinds).toEqual(expect.arrayContaining(KINDS));
  expect(left.linesCount).toBe(count + past().length);
  const state = plainState(book.now());

  clock.set(clock.now() + 400 * DAY);
  const restarted = await open(elsewhere);
  for (const each of [book, restarted]) {
    const again = await submitAll(each, twice);
    expect(again.filter((answer, index) => answer !== answers[index])).toEqual([]);
    expect(plainState(each.now())).toBe(state);
  }
  expect(await readAll(journal)).toEqual(left);
  await book.close();
  await restarted.close();
}

const KINDS = [
  'approved',
  'asked',
  'budget_moved',
  'captured',
  'granted',
  'held',
  'limit_set',
  'policy_set',
  'refused',
];

const past = () => [
  ...agency(),
  { kind: 'create_client', clientId: 'nova', name: 'Nova' } as const,
  { kind: 'bind_channel', channelId: 'C2', clientId: 'nova', ifUnbound: false } as const,
  { kind: 'set_manages', memberId: MANAGER, clientIds: ['acme', 'nova'], teamIds: [] } as const,
  limit('client:acme', 'month', 900_000),
  limit('client:nova', 'month', 1_000_000_000),
  limit('client:nova', 'total', 50_000, { over: 'ask' }),
];

const plainState = (state: State) => JSON.stringify(plain(state));

async function readAll(journal: Journal): Promise<{ linesCount: number; kinds: string[]; hash: string }> {
  const lines: Line[] = [];
  for (;;) {
    const page = await journal.read({ workspace: WORKSPACE, afterSeq: lines.length, linesMax: 2_000 });
    lines.push(...page);
    if (page.length < 2_000) break;
  }
  const kinds = [...new Set(lines.map(({ kind }) => kind))].sort();
  return { linesCount: lines.length, kinds, hash: contentHash(lines.map((line) => JSON.stringify(line))) };
}
