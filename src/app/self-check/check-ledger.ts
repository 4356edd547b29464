import { isStopped } from '../../ledger/decide/spending.ts';
import type { AppContext } from '../context.ts';
import { tellOwners, tellOwnersOfUnwritten, tendStop } from './owners.ts';
import { noteUnwritten, readAsFarAsPossible, stopSpending } from './stop-spending.ts';
import { stopForTrouble } from './trouble.ts';
import { verifyBooks } from './verify-books.ts';

/** As the ledger takes it. */
const PROBLEM_CHARACTERS_MAX = 1_000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The nightly look at the books. At the first line that cannot be right nothing new may be spent, in any process, and
 * the owners hear of it; what is being made comes to its end. While a stop stands there is nothing more to find out.
 */
export async function checkLedger(context: AppContext, night: string): Promise<void> {
  const { book, journal, records, log, clock } = context;
  const { seq: leastSeq, stop, workspace } = await readAsFarAsPossible(context);
  if (isStopped(stop) || book.stoppedHere) return;
  const verified = await verifyBooks(journal, workspace, { leastSeq });
  if (verified.ok) {
    log.info({ night, linesCount: verified.linesCount }, 'the ledger was checked, all right');
    await book.goOnFrom(verified.state);
    const problem = await records.check?.();
    if (!problem) return;
    stopForTrouble(book, 'records', { kind: 'damaged', problem: wordsOf(problem) }, clock.now());
    return await tendStop(context);
  }
  const { seq: brokenSeq } = verified;
  const found = { stopId: `self-check/${night}/${brokenSeq}`, brokenSeq, problem: wordsOf(verified.problem) };
  log.error({ ...found }, 'the ledger has a line that cannot be right: spending stops');
  // At once, whatever becomes of the line that says so.
  book.stoppedHere = { ...found, at: clock.now() };
  switch (await stopSpending(context, found)) {
    case 'stopped':
      return await tellOwners(context);
    case 'over':
      return;
    case 'unreadable': {
      const noted = { ...found, at: clock.now() };
      await noteUnwritten(context, noted);
      return await tellOwnersOfUnwritten(context, noted);
    }
  }
}

/** Parts of it may come from whoever broke the line. */
const wordsOf = (problem: string) => [...problem.replace(INVISIBLE, '')].slice(0, PROBLEM_CHARACTERS_MAX).join('');
