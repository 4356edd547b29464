import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';
import type { State } from '../../ledger/state.ts';
import { balancesAfter } from '../../ledger/usage/balances.ts';
import type { Journal } from '../journal/journal.ts';
import { lineHash } from '../journal/line-text.ts';
import type { SnapshotHead, Snapshots } from './snapshots.ts';
import { readText, writeText } from './text.ts';

/** So many lines are folded in a tenth of a second: oftener would cost more than it saves. */
export const EVERY_LINES = 10_000;
/** At a stop there is time for one, unless the next start had next to nothing to read anyway. */
const AT_STOP_LINES = 1_000;

export type SnapshotLog = {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
};

/** What a book needs of snapshots; it never waits for one but at its start and its end. */
export type SnapshotKeeper = {
  /** The state of a snapshot that fits the journal; null where there is none. */
  restore(): Promise<State | null>;
  /** Stops using the kept snapshot: because of a problem, or because its source is read again. */
  discard(problem: string | null): Promise<void>;
  /** A state whose lines are all durable. */
  saw(state: State): void;
  close(state: State): Promise<void>;
};

type Keeping = {
  snapshots: Snapshots;
  journal: Journal;
  workspace: string;
  foldId: string;
  log: SnapshotLog;
  everyLines?: number;
  atStopLines?: number;
};

/** Looks after a workspace's snapshot. A failure here is a line in the log and a slower start, and never more. */
export function keepSnapshots(keeping: Keeping): SnapshotKeeper {
  const { snapshots, workspace, log, everyLines = EVERY_LINES, atStopLines = AT_STOP_LINES } = keeping;
  let savedSeq = 0;
  let saving: Promise<void> | null = null;

  const save = async (state: State) => {
    // Also where it fails: the next one is due as many lines later, not at once.
    savedSeq = state.seq;
    try {
      await put(keeping, state);
    } catch (error) {
      log.warn({ workspace, seq: state.seq, error: String(error) }, 'snapshot not written');
    }
    saving = null;
  };
  const ignore = async (problem: string) => {
    log.warn({ workspace, problem }, 'snapshot ignored, reading all lines');
    await snapshots.remove(workspace).catch(() => undefined);
    return null;
  };

  return {
    async restore() {
      try {
        const found = await find(keeping);
        if (found === null) return null;
        if (!found.ok) return await ignore(found.problem);
        savedSeq = found.state.seq;
        return found.state;
      } catch (error) {
        log.warn({ workspace, error: String(error) }, 'snapshot unreadable, reading all lines');
        return null;
      }
    },
    async discard(problem) {
      await saving;
      if (problem !== null && savedSeq > 0) await ignore(problem);
      else await snapshots.remove(workspace).catch(() => undefined);
      savedSeq = 0;
    },
    saw(state) {
      if (state.seq - savedSeq >= everyLines && isTrusted(state)) saving ??= save(state);
    },
    async close(state) {
      await saving;
      if (state.seq - savedSeq >= atStopLines && isTrusted(state)) await save(state);
    },
  };
}

/** While spending is stopped a line is wrong, and with it, maybe, whatever was folded from it. */
const isTrusted = ({ stop }: State) => stop === null || stop.resumed !== null;

type Found = { ok: true; state: State } | { ok: false; problem: string };

async function find({ snapshots, journal, workspace, foldId }: Keeping): Promise<Found | null> {
  const text = await snapshots.newest({ workspace, foldId });
  if (text === null) return null;
  const read = readText(text, { workspace, foldId });
  if (!read.ok) return read;
  const line = await lineAt(journal, read.state);
  if (!line) return { ok: false, problem: `is ahead of the journal, at line ${read.state.seq}` };
  if (lineHash(line) !== read.lineHash) {
    return { ok: false, problem: `is of another journal: line ${line.seq} is not the one it was taken at` };
  }
  if (!states(line, read.state)) return { ok: false, problem: `does not state what line ${line.seq} left behind` };
  return read;
}

async function lineAt(journal: Journal, { workspace, seq }: Pick<State, 'workspace' | 'seq'>): Promise<Line | null> {
  const [line = null] = seq > 0 ? await journal.read({ workspace, afterSeq: seq - 1, linesMax: 1 }) : [];
  return line;
}

/** The bank statement's own check: the balances on the line are those of the state. */
function states(line: Line, state: State): boolean {
  const balances = balancesAfter(state, touchedBy(line), line.at);
  return JSON.stringify(balances.map(inOrder)) === JSON.stringify(line.balances.map(inOrder));
}

const inOrder = ({ account, window, usedCredits, heldCredits, availableCredits }: Line['balances'][number]) => [
  account,
  window,
  usedCredits,
  heldCredits,
  availableCredits,
];

/** The line is read where it stands: what is put away with the state is what a later start will find there. */
async function put({ snapshots, journal, foldId }: Keeping, state: State): Promise<void> {
  const { workspace, seq } = state;
  const last = await lineAt(journal, state);
  if (!last) throw new Error(`line ${seq} does not stand`);
  const head: SnapshotHead = { workspace, foldId, seq };
  await snapshots.put(head, inTurns(writeText(state, { foldId, last })));
}

/** Between two parts everybody else has their turn. */
async function* inTurns(parts: Iterable<string>): AsyncGenerator<string> {
  for (const part of parts) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    yield part;
  }
}
