import { isStopped } from '../../ledger/decide/spending.ts';
import { lineHash } from '../../storage/journal/line-text.ts';
import type { AppContext } from '../context.ts';
import { keepHead, verifyLedger } from './kept-head.ts';
import { tellOwners, tellOwnersOfUnwritten, tendStop } from './owners.ts';
import { noteUnwritten, readAsFarAsPossible, stopSpending } from './stop-spending.ts';
import { stopForTrouble, stopIdOf } from './trouble.ts';

/** As the ledger takes it. */
const PROBLEM_CHARACTERS_MAX = 1_000;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The nightly look at the books. At the first line that cannot be right nothing new may be spent, in any process, and
 * the owners hear of it; what is being made comes to its end. While a stop stands there is nothing more to find out.
 */
export async function checkLedger(context: AppContext, night: string): Promise<void> {
  const { book, records, log, clock } = context;
  const { seq: leastSeq, stop, workspace } = await readAsFarAsPossible(context);
  if (isStopped(stop) || book.stoppedHere) return;
  const verified = await verifyLedger(context, leastSeq);
  if (verified.ok) {
    const { linesCount, last } = verified;
    const head = last && { seq: last.seq, hash: lineHash(last) };
    log.info({ night, linesCount, hash: head?.hash }, 'ledger check passed');
    await book.goOnFrom(verified.state);
    const problem = await records.check?.();
    if (!problem) return await (head ? keepHead({ records, workspace }, { ...head, at: clock.now() }) : undefined);
    stopForTrouble(book, 'records', { kind: 'damaged', problem: wordsOf(problem) }, clock.now());
    return await tendStop(context);
  }
  const { seq: brokenSeq, kind, brokenHash } = verified;
  const wrong = { brokenSeq, problem: wordsOf(verified.problem), ...(brokenHash === undefined ? {} : { brokenHash }) };
  const found = { stopId: stopIdOf(kind, `${night}/${brokenSeq}`), ...wrong };
  log.error({ ...found }, 'ledger check failed, spending stopped');
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

/** Removes what a person cannot see: parts of it may come from the line that was damaged. */
const wordsOf = (problem: string) => [...problem.replace(INVISIBLE, '')].slice(0, PROBLEM_CHARACTERS_MAX).join('');
