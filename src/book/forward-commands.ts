import type { Command } from '../ledger/commands/commands.ts';
import type { Line } from '../ledger/lines.ts';
import type { Clock } from '../ports/ports.ts';
import type { Journal } from '../storage/journal/journal.ts';
import { JournalFault } from '../storage/journal/journal.ts';
import type { SnapshotKeeper } from '../storage/snapshots/keep.ts';
import { clockDoubt, refusedFor } from './clock-doubt.ts';
import type { PendingCommand } from './decide-batch.ts';
import type { JournalProjection } from './projection.ts';

/** A command on its way to the process that writes for all. */
export type Handed = {
  command: Command;
  commandHash: string;
  /** Epoch ms, by the clock where it was asked. */
  at: number;
};

/**
 * What became of one there. `stands`: a line answers it, and is durable. `yours`: nothing was written, because it is to be
 * decided where it was asked. `failed`: nothing was written. `in_doubt`: it may have been, or may still be.
 */
export type Outcome = 'stands' | 'yours' | 'failed' | 'in_doubt';

/** The outcomes in order, the newest line there, and all lines that lead to it; no lines: they are to be read. */
export type ForwardedCommand = { outcomes: readonly Outcome[]; seq: number; lines: readonly Line[] };

/** Of several processes on one workspace, the one that writes for all; it may be this one. */
export type Writer = {
  readonly isMine: boolean;
  /** `afterSeq`: the newest line here. Null: nothing was sent, and this process decides by itself. */
  forwardCommands(commands: readonly Handed[], afterSeq: number): Promise<ForwardedCommand | null>;
  /** Another process wrote in between. */
  lostRace(): void;
};

/** What this process has to decide, and whether some of it may have been decided elsewhere. */
export type Left = { left: PendingCommand[]; doubt: JournalFault | null };

/**
 * Lets the process that writes for all decide, and answers from its lines. An outcome only says what to look for. What stays
 * unanswered is decided here, on fresh lines. The command's id keeps it from happening twice.
 */
export async function handOver(
  writer: Writer | null,
  known: JournalProjection,
  { batch, clock }: { batch: PendingCommand[]; clock: Clock },
): Promise<Left> {
  // Another process knows nothing of the doubt here, and would let it pass.
  const isHere = ({ command, isHanded }: PendingCommand) =>
    isHanded || refusedFor(command, clockDoubt(clock, known.state)) !== null;
  const own = writer ? batch.filter((each) => !isHere(each)) : [];
  const at = known.now();
  const commands = own.map(({ command, commandHash }) => ({ command, commandHash, at }));
  const handed = own.length > 0 ? await writer?.forwardCommands(commands, known.state.seq) : null;
  if (!handed) {
    await known.freshen({ writesForAll: writer?.isMine ?? false });
    return { left: batch, doubt: null };
  }
  const outcomeOf = new Map(own.map((each, index) => [each, handed.outcomes[index]]));
  const stands = (each: PendingCommand) => outcomeOf.get(each) === 'stands';
  const mayStand = (each: PendingCommand) => stands(each) || outcomeOf.get(each) === 'in_doubt';
  try {
    await known.goOnWith(handed);
    const open = known.answer(batch);
    const unseen = await known.find(open.filter(stands));
    const left = open.filter((each) => !stands(each) || unseen.includes(each));
    return { left, doubt: left.some(mayStand) ? new JournalFault('uncertain') : null };
  } catch (cause) {
    throw batch.some(mayStand) ? new JournalFault('uncertain', { cause }) : cause;
  }
}

/** What a book is opened with. */
export type Opening = {
  journal: Journal;
  clock: Clock;
  workspace: string;
  snapshots?: SnapshotKeeper | null;
  writer?: Writer | null;
  /** No other process writes meanwhile, so the book does not look for newer lines. */
  alone?: boolean;
};
