import type { Resumed } from '../../../src/app/self-check/resume-spending.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import type { Edit } from '../world/wrong-line.ts';
import { type Books, ownersIn } from './books.ts';

/** A stop that was written down, who were owners then, and until when it stood. */
export type StopSeen = { stopId: string; at: number; owners: readonly string[]; resumedAt: number | null };
type EditSeen = Edit & { at: number; backAt: number | null };

type Parts = { now: () => number; books: Books; complain: (complaint: string) => void };

/** What was read before it was put back may be heard of as late as this. */
const ON_ITS_WAY_MS = 120_000;

/**
 * Where a line is wrong spending stops at the next look at the books, and nowhere else; it goes on when an owner has had
 * the books looked at again, and every line is right. That nothing is held meanwhile, the ledger's auditor knows.
 */
export function createStopping({ now, books, complain }: Parts) {
  const stops: StopSeen[] = [];
  let edit: EditSeen | null = null;
  let wasLooked = false;
  const isWrong = () => edit !== null && edit.backAt === null;

  return {
    stops: stops as readonly StopSeen[],
    lineEdited(edited: Edit): void {
      edit = { ...edited, at: now(), backAt: null };
    },
    linePutBack(): void {
      if (edit) edit.backAt = now();
    },
    /** Before it is one of the books' lines. */
    lineStands(line: Line): void {
      if (line.kind === 'spending_stopped') {
        if (edit === null || stops.length > 0) complain('spending is stopped, and every line is right');
        else if (line.brokenSeq !== edit.seq) complain(`line ${line.brokenSeq} is said to be wrong, it is ${edit.seq}`);
        stops.push({ stopId: line.commandId, at: now(), owners: ownersIn(books), resumedAt: null });
      }
      if (line.kind === 'spending_resumed') {
        if (isWrong()) complain(`spending goes on while line ${edit?.seq} is wrong`);
        if (!ownersIn(books).includes(line.by)) complain(`${line.by} lets spending go on, and is no owner`);
        const stop = stops.at(-1);
        if (stop) stop.resumedAt = now();
      }
    },
    /** A look at the books that began then has come to its end. Whoever cannot read on leaves a note, for others to write. */
    looked(beganAt: number): void {
      if (edit === null || edit.backAt !== null || beganAt < edit.at) return;
      wasLooked = true;
      if (books.ledger.reckoning.told.stopId !== null || edit.how === 'unreadable') return;
      complain(`nobody finds that line ${edit.seq} is wrong`);
    },
    /** In the end. */
    leftUnsaid: (): string[] =>
      wasLooked && stops.length === 0 ? [`nobody says that line ${edit?.seq} was wrong`] : [],
    /** What somebody is answered who has the books looked at again. */
    checkedAgain(answer: Resumed, { stopId, askedAt }: { stopId: string; askedAt: number }): void {
      const isStanding = stops.some((stop) => stop.stopId === stopId && stop.resumedAt === null);
      if (answer.kind === 'resumed' && isStanding) complain(`${stopId} is said to have ended, and stands`);
      if (answer.kind !== 'still_wrong') return;
      if (answer.brokenSeq !== edit?.seq) complain(`line ${answer.brokenSeq} is said to be still wrong`);
      if (edit?.backAt != null && edit.backAt < askedAt) complain('a line is said to be still wrong that was put back');
    },
    /** Whoever comes upon the line cannot go on, and says so. */
    mayBeUnreadable(): boolean {
      return edit?.how === 'unreadable' && (edit.backAt === null || now() < edit.backAt + ON_ITS_WAY_MS);
    },
    isWrong,
    hasEdit: () => edit !== null,
    wasEdited: (seq: number) => edit?.seq === seq,
  };
}
