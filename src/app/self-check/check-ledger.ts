import { JournalFault } from '../../journal/journal.ts';
import { INKWELL } from '../../ledger/commands.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { World } from '../world.ts';
import { isWrittenDown, tellOwners, tellOwnersOfUnwritten } from './owners.ts';
import { verifyBooks } from './verify-books.ts';

/** As the ledger takes it. */
const PROBLEM_CHARACTERS_MAX = 1_000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The nightly look at the books. At the first line that cannot be right nothing new may be spent, in any process, and
 * the owners hear of it; what is being made comes to its end. While a stop stands there is nothing more to find out.
 */
export async function checkLedger(world: World, night: string): Promise<void> {
  const { book, journal, log } = world;
  const { seq: leastSeq, stop, workspace } = await book.read().catch(onlyIfCorrupt(() => book.now()));
  if (isStopped(stop)) return;
  const verified = await verifyBooks(journal, workspace, { leastSeq });
  if (verified.ok) return log.info({ night, linesCount: verified.linesCount }, 'the ledger was checked, all right');
  const { seq: brokenSeq } = verified;
  const problem = wordsOf(verified.problem);
  log.error({ night, brokenSeq, problem }, 'the ledger has a line that cannot be right: spending stops');
  const commandId = `self-check/${night}/${brokenSeq}`;
  const wish = { kind: 'stop_spending', brokenSeq, problem } as const;
  const written = await book
    .submit({ commandId, by: INKWELL, ...wish })
    .then(() => true)
    .catch(onlyIfCorrupt(() => false));
  if (written && isWrittenDown(world)) await tellOwners(world);
  else await tellOwnersOfUnwritten(world, { stopId: commandId, at: world.clock.now(), brokenSeq, problem });
}

/** A line that cannot be read stands in the way of every new one: then nothing can be spent in any case. */
const onlyIfCorrupt =
  <Value>(instead: () => Value) =>
  (error: unknown): Value => {
    if (error instanceof JournalFault && error.cause instanceof JournalFault)
      return onlyIfCorrupt(instead)(error.cause);
    if (error instanceof JournalFault && error.code === 'corrupt') return instead();
    throw error;
  };

/** Parts of it may come from whoever broke the line. */
const wordsOf = (problem: string) => [...problem.replace(INVISIBLE, '')].slice(0, PROBLEM_CHARACTERS_MAX).join('');
