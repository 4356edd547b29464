import type { Command, StopSpending } from '../ledger/commands/commands.ts';
import { handleCommand } from '../ledger/handle-command.ts';
import { type Answer, answerOf, type Line } from '../ledger/lines.ts';
import type { ClockWrong, Refusal } from '../ledger/refusals.ts';
import type { State, Stop } from '../ledger/state.ts';
import { type Journal, JournalFault } from '../storage/journal/journal.ts';
import { assertLine } from '../storage/journal/line.ts';
import { lineHash } from '../storage/journal/line-text.ts';
import { CLOCK_TOLERANCE_MS, refusedFor } from './clock-doubt.ts';

/** A command that waits for its answer. */
export type PendingCommand = {
  command: Command;
  commandHash: string;
  /** When it was asked. */
  sinceAt: number;
  /** By another process, which takes this one for the one that writes: it is not handed on. */
  isHanded: boolean;
  /**
   * By the clock of the process where it was asked, which may have waited for a time that it is about. That clock may be
   * wrong: it dates no line further ahead than two clocks may differ.
   */
  notBeforeAt: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/** A command that leaves no line: the burst limit, a wrong clock or a stop in this process alone does not let it through. */
export type TurnedAway = { waiting: PendingCommand; refusal: Refusal };

/**
 * `busy`: too many commands are waiting. `id_reused`: the id was used for something else. `contended`: other writers
 * won every attempt. Nothing was written for the command in any of the three.
 */
export class BookFault extends Error {
  override name = 'BookFault';
  constructor(readonly code: 'busy' | 'id_reused' | 'contended' | 'closed') {
    super(`book: ${code}`);
  }
}

/** A stop of spending in one process alone. It could not be written, or no start would find what was written. */
export type StopHere = Omit<Stop, 'resumed'> & Pick<StopSpending, 'brokenHash'>;

/** The commands that a stop of spending refuses. */
const SPENDS: ReadonlySet<Command['kind']> = new Set(['hold', 'approve']);

const refusedByStop = ({ kind }: Command, stop: StopHere | null): Refusal | null =>
  stop && SPENDS.has(kind) ? { reason: 'spending_stopped', stopId: stop.stopId, at: stop.at } : null;

type Deciding = {
  now: number;
  doubt: (state: State) => ClockWrong | null;
  stop: StopHere | null;
  /** Of the line that the state ends with: the first new one carries it. */
  newestHash: string;
};

/**
 * Decides the waiting commands one after the other, and returns their lines, each with the hash of the line before it. An id
 * that came twice gets one line. A command that cannot be decided or written is a bug, and stops alone. What the burst limit
 * turns away gets no line, so that a flood does not fill the journal. Neither does a command that waits while there is `doubt`.
 */
export function decideBatch(
  state: State,
  waiting: readonly PendingCommand[],
  { now, doubt, stop, newestHash }: Deciding,
): { next: State; lines: Line[]; decided: PendingCommand[]; turnedAway: TurnedAway[] } {
  let next = state;
  const lines: Line[] = [];
  const ids = new Set<string>();
  const turnedAway: TurnedAway[] = [];
  const decided = waiting.filter((each) => {
    const { command, commandHash, notBeforeAt, reject } = each;
    if (ids.has(command.commandId)) return true;
    const refusal = refusedFor(command, doubt(next)) ?? refusedByStop(command, stop);
    if (refusal) {
      turnedAway.push({ waiting: each, refusal });
      return false;
    }
    try {
      const at = Math.max(now, Math.min(notBeforeAt, now + CLOCK_TOLERANCE_MS));
      const answered = handleCommand(next, command, { now: at, commandHash });
      if (!answered.line) {
        turnedAway.push({ waiting: each, refusal: answered.turnedAway });
        return false;
      }
      const { line } = answered;
      const before = lines.at(-1);
      line.previousHash = before ? lineHash(before) : newestHash;
      assertLine(line);
      next = answered.state;
      lines.push(line);
      ids.add(command.commandId);
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  });
  return { next, lines, decided, turnedAway };
}

/** Answers those whose line is known, and returns the others. */
export function answerKnown(
  waiting: PendingCommand[],
  known: { get(commandId: string): Line | undefined },
): PendingCommand[] {
  return waiting.filter(({ command, commandHash, resolve, reject }) => {
    const line = known.get(command.commandId);
    if (!line) return true;
    if (line.commandHash === commandHash) resolve(answerOf(line));
    else reject(new BookFault('id_reused'));
    return false;
  });
}

export function rejectAll(waiting: readonly PendingCommand[], error: unknown) {
  for (const { reject } of waiting) reject(error);
}

/** Appends lines, and returns a write in doubt as an answer. After one, no later failure proves that nothing was written. */
export async function appendInDoubt(
  journal: Journal,
  lines: readonly Line[],
  doubt: JournalFault | null,
): Promise<'appended' | 'taken' | JournalFault> {
  try {
    return await journal.append(lines);
  } catch (error) {
    if (error instanceof JournalFault && error.code === 'uncertain') return error;
    throw doubt ?? error;
  }
}
