import type { Line } from '../ledger/lines.ts';
import { emptyState, type State } from '../ledger/state.ts';
import type { Head } from '../ledger/verify/verifier.ts';
import { type Journal, JournalFault } from '../storage/journal/journal.ts';
import { LINE_CHAIN, lineHash } from '../storage/journal/line-text.ts';
import type { SnapshotKeeper } from '../storage/snapshots/keep.ts';
import { answerKnown, type PendingCommand } from './decide-batch.ts';
import { foldIfNext, foldLines } from './fold-lines.ts';
import { RecentLines } from './recent-lines.ts';

/** Few enough to be young garbage when they are folded: pages of thousands of lines double the time of a start. */
const READ_LINES = 256;
/** Milliseconds. What was read or written so recently counts as the newest, although other processes write too. */
const FRESH_FOR_MS = 100;

/** What this process knows of a workspace's journal: the state after the last line it read or wrote, and the newest lines. */
export class JournalProjection {
  state: State;
  private recent: RecentLines;
  /** The line that the state ends with, where it is at hand. A snapshot has the state alone. */
  private newest: Line | null = null;
  /** A stop of all spending has ended: what was folded before may come from a line that has been mended since. */
  private isMended = false;
  /** When nothing newer was there; and the newest line that another process spoke of. */
  private freshAt = Number.NEGATIVE_INFINITY;
  private newestSeq = 0;

  constructor(
    private readonly journal: Journal,
    private readonly snapshots: SnapshotKeeper | null,
    workspace: string,
    readonly now: () => number,
    /** Whether other processes are told the newest lines. */
    private readonly isShared = false,
  ) {
    this.recent = new RecentLines({ isShared });
    this.state = emptyState(workspace);
  }

  /** From the journal's first line, or from where a snapshot that fits it ends. */
  async open(): Promise<void> {
    const restored = await this.snapshots?.restore();
    if (restored && (await this.goesOnFrom(restored))) return;
    const begunAt = this.now();
    await this.readOn();
    this.freshAt = begunAt;
    this.isMended = false;
    this.snapshots?.saw(this.state);
  }

  /**
   * Reads what is new where a decision would rest on what is not the newest, and be lost. The process that writes for all has
   * the newest, and reads only what it was told of.
   */
  async freshen({ writesForAll }: { writesForAll: boolean }): Promise<void> {
    const ageMs = this.now() - this.freshAt;
    const isOld = !writesForAll && (ageMs < 0 || ageMs > FRESH_FOR_MS);
    if (isOld || this.state.seq < this.newestSeq) await this.catchUp();
  }

  /** Goes on to `seq` with lines that another process read or wrote. Reads them itself where those do not lead there. */
  async goOnWith({ lines, seq }: { lines: readonly Line[]; seq: number }): Promise<void> {
    this.newestSeq = Math.max(this.newestSeq, seq);
    const begunAt = this.now();
    const next = this.state.seq + lines.length === seq ? foldIfNext(this.state, lines) : null;
    if (!next) return await this.catchUp();
    this.become(next, lines);
    this.recent.add(lines);
    this.freshAt = begunAt;
    await this.mend();
    this.snapshots?.saw(this.state);
  }

  /** The lines after this one, or none where one of them is not at hand any more. */
  after(seq: number): readonly Line[] {
    return this.recent.after(seq) ?? [];
  }

  async catchUp(): Promise<void> {
    const begunAt = this.now();
    await this.readOn();
    this.freshAt = begunAt;
    await this.mend();
    this.snapshots?.saw(this.state);
  }

  /** Lines of our own that are durable, and the state that they leave. */
  wrote(lines: readonly Line[], state: State): void {
    this.become(state, lines);
    this.recent.add(lines);
    this.freshAt = this.now();
    if (!this.isMended) this.snapshots?.saw(state);
  }

  /** Reads every line again where one may have been mended: nothing is decided on what it said before. */
  async mend(): Promise<void> {
    if (!this.isMended) return;
    await this.snapshots?.discard('a stop of spending has ended: a line may have been mended');
    const anew = new JournalProjection(this.journal, null, this.state.workspace, this.now, this.isShared);
    await anew.open();
    this.state = anew.state;
    this.recent = anew.recent;
    this.newest = anew.newest;
    this.isMended = false;
  }

  /** Replaces the state by one that was just folded from the first line, and adds the lines that came after it. */
  async goOnFrom(folded: State): Promise<void> {
    const { workspace } = folded;
    let state = folded;
    while (state.seq < this.state.seq) {
      const linesMax = Math.min(READ_LINES, this.state.seq - state.seq);
      const lines = await this.journal.read({ workspace, afterSeq: state.seq, linesMax });
      if (lines.length === 0) throw new JournalFault('corrupt', { message: `line ${state.seq + 1} is missing` });
      state = foldLines(state, lines);
    }
    this.state = state;
    this.newest = null;
    await this.snapshots?.discard(null);
    await this.catchUp();
  }

  /** The line that the state ends with: the next one carries its hash. */
  async head(): Promise<Head> {
    const { workspace, seq } = this.state;
    if (seq === 0) return { seq, hash: LINE_CHAIN.first };
    if (this.newest?.seq !== seq) {
      [this.newest = null] = await this.journal.read({ workspace, afterSeq: seq - 1, linesMax: 1 });
      if (this.newest === null) throw new JournalFault('corrupt', { message: `line ${seq} is missing` });
    }
    return { seq, hash: lineHash(this.newest) };
  }

  /** Answers those whose line is among the newest, and returns the others. */
  answer(waiting: PendingCommand[]): PendingCommand[] {
    return answerKnown(waiting, this.recent);
  }

  /** The same for every line that ever was. */
  async find(waiting: PendingCommand[]): Promise<PendingCommand[]> {
    const commandIds = waiting.map(({ command }) => command.commandId);
    if (commandIds.length === 0) return waiting;
    const found = await this.journal.findCommands({ workspace: this.state.workspace, commandIds });
    return answerKnown(waiting, new Map(found.map((line) => [line.commandId, line])));
  }

  /**
   * Reads in the journal whether other lines came first, or whether ours were written. New lines mostly explain the `first`
   * failure. Where they do not, an id may have been answered long ago, so old commands are looked up too.
   */
  async readBack(open: PendingCommand[], { first }: { first: boolean }): Promise<PendingCommand[]> {
    const { seq } = this.state;
    try {
      await this.catchUp();
      const left = this.answer(open);
      return first && this.state.seq > seq ? left : await this.find(left);
    } catch (cause) {
      throw new JournalFault('uncertain', { cause });
    }
  }

  async close(): Promise<void> {
    if (!this.isMended) await this.snapshots?.close(this.state);
  }

  /** Page by page, so that what a fault interrupts is gone on with from there. */
  private async readOn(): Promise<void> {
    for (;;) {
      const { workspace, seq } = this.state;
      const lines = await this.journal.read({ workspace, afterSeq: seq, linesMax: READ_LINES });
      if (lines.length > 0) this.become(foldLines(this.state, lines), lines);
      if (lines.length < READ_LINES) return this.recent.add(lines);
      await nextTurnOfTheLoop();
    }
  }

  private become(next: State, lines: readonly Line[]) {
    this.newest = lines.at(-1) ?? this.newest;
    this.isMended ||= next.stop !== this.state.stop && next.stop?.resumed != null;
    this.state = next;
  }

  /** A snapshot that the lines after it contradict is none: all of them are read, and have the last word. */
  private async goesOnFrom(restored: State): Promise<boolean> {
    this.state = restored;
    try {
      await this.catchUp();
      return true;
    } catch (error) {
      if (!(error instanceof JournalFault) || error.code !== 'corrupt') throw error;
      await this.snapshots?.discard(error.message);
      this.state = emptyState(restored.workspace);
      this.recent = new RecentLines({ isShared: this.isShared });
      return false;
    }
  }
}

export const nextTurnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
