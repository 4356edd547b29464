import type { Book } from '../../book/book.ts';
import type { StopHere } from '../../book/decide-batch.ts';
import { isStopped } from '../../ledger/decide/spending.ts';
import type { WrongKind } from '../../ledger/verify/verifier.ts';
import { describe } from '../../ports/describe-error.ts';
import type { AppContext } from '../context.ts';
import { verifyLedger } from './kept-head.ts';
import { noteUnwritten, stopSpending } from './stop-spending.ts';

/** A store that nothing more can be entrusted to, as the store itself says it. */
export type Trouble = { kind: 'moved' | 'damaged'; problem: string };
export type StoreName = 'ledger' | 'records';

/**
 * What a stop is about. `file`: the ledger's file is damaged. `records`: so is that of the records. `moved`: a file is not
 * where it was, so that no start will find what is written now. The others are what a check of the lines finds.
 */
export type StopAbout = WrongKind | 'file' | 'records' | 'moved';

/** The command's id names the stop, and what it is about. */
export function stopAbout({ stopId }: { stopId: string }): StopAbout {
  if (stopId.startsWith(MOVED)) return 'moved';
  if (stopId.startsWith(DAMAGED)) return stopId.startsWith(`${DAMAGED}records/`) ? 'records' : 'file';
  return KINDS_IN_IDS.find((kind) => stopId.startsWith(stopIdOf(kind, ''))) ?? 'line';
}

/** Names a stop for what a check of the lines has found. `foundBy`: the night or the start, so that each has one of its own. */
export const stopIdOf = (kind: WrongKind, foundBy: string): string =>
  kind === 'line' ? `self-check/${foundBy}` : `self-check/${kind}/${foundBy}`;

const KINDS_IN_IDS: readonly WrongKind[] = ['gap', 'end', 'unreadable'];

const MOVED = 'trouble/moved/';
const DAMAGED = 'trouble/damaged/';

/** Stops spending here at once, whatever can be written; `tendTrouble` does the rest within a minute. */
export function stopForTrouble(book: Book, store: StoreName, { kind, problem }: Trouble, at: number): void {
  const stopId = `${kind === 'moved' ? MOVED : DAMAGED}${store}/${at}`;
  book.stoppedHere ??= { stopId, at, brokenSeq: Math.max(1, book.now().seq), problem };
}

/**
 * Looks at the stores, and at what a read or a write has met in them. What is damaged is written down as a stop, so that it
 * outlives this process; what turns out to be all right is forgotten. Answers what could not be written down, for the owners.
 */
export async function tendTrouble(context: AppContext): Promise<StopHere | null> {
  await lookAtStores(context);
  const { book, log } = context;
  const stop = book.stoppedHere;
  if (!stop) return null;
  const about = stopAbout(stop);
  log.error({ stopId: stop.stopId, problem: stop.problem }, 'spending stopped in this process');
  if (about === 'moved') return stop;
  if (isStopped(book.now().stop)) {
    book.stoppedHere = null;
    return null;
  }
  const found = await whatIsDamaged(context, stop);
  if (found === null) {
    log.warn({ stopId: stop.stopId }, 'damaged data is readable again, spending resumed');
    book.stoppedHere = null;
    return null;
  }
  const written = await stopSpending(context, found).catch((error: unknown) => {
    log.error({ error: describe(error) }, 'could not record the spending stop');
    return 'unreadable' as const;
  });
  if (written !== 'unreadable') return null;
  const cannotNote = (error: unknown) => log.error({ error: describe(error) }, 'could not record it either');
  await noteUnwritten(context, found).catch(cannotNote);
  return found;
}

async function lookAtStores({ book, journal, records, clock }: AppContext): Promise<void> {
  if (book.stoppedHere) return;
  for (const [name, store] of [
    ['ledger', journal],
    ['records', records],
  ] as const) {
    const trouble = await store.trouble?.();
    // Of what is damaged the owners know while a line says that spending is stopped.
    if (trouble && (trouble.kind === 'moved' || !isStopped(book.now().stop)))
      stopForTrouble(book, name, trouble, clock.now());
  }
}

/** Everything is read again: null where all of it is right, after a fault of the disk that has passed. */
async function whatIsDamaged(context: AppContext, stop: StopHere): Promise<StopHere | null> {
  switch (stopAbout(stop)) {
    case 'records': {
      const problem = await context.records.check?.();
      return problem ? { ...stop, problem } : null;
    }
    case 'line':
    case 'gap':
    case 'end':
    case 'unreadable':
      return stop;
    case 'file':
    case 'moved': {
      const verified = await verifyLedger(context, context.book.now().seq);
      if (verified.ok) return null;
      return verified.seq === 1 ? stop : { ...stop, brokenSeq: verified.seq, problem: verified.problem };
    }
  }
}
