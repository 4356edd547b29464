import { type HistoryQuery, type Journal, JournalFault } from '../journal/journal.ts';
import type { Command } from '../ledger/commands.ts';
import { type Answer, contentOf, type Line } from '../ledger/lines.ts';
import { emptyState, type State } from '../ledger/state.ts';
import { answerKnown, BookFault, decideAll, rejectAll, type Waiting } from './batch.ts';
import { contentHash } from './content-hash.ts';
import { foldLines } from './fold-lines.ts';
import type { Clock } from './ports.ts';
import { RecentLines } from './recent-lines.ts';

export { BookFault } from './batch.ts';

/** How many commands are answered by one write. */
const BATCH_MAX = 256;
/** More than this waiting means the store is not keeping up: better to say so than to grow. */
const QUEUE_MAX = 10_000;
/** Each attempt means that somebody else wrote in between; more is a store that contradicts itself. */
const ATTEMPTS_MAX = 50;
/** Few enough to be young garbage when they are folded: pages of thousands of lines double the time of a start. */
const READ_LINES = 256;

/**
 * A workspace's only writer in this process. It decides waiting commands one after the other in memory, writes their
 * lines at once, and answers only when they are durable. Other processes may write to the same journal: who comes
 * second finds the seq taken, reads what is new, and decides again.
 */
export class Book {
  private state: State;
  private waiting: Waiting[] = [];
  private recent = new RecentLines();
  private turn: Promise<void> = Promise.resolve();
  private writing = false;
  private closed = false;
  /** A stop of all spending has ended: what was folded before may come from a line that has been mended since. */
  private isMended = false;
  /** Requests that the burst limit turned away since this process began. */
  turnedAwayCount = 0;

  private constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    workspace: string,
  ) {
    this.state = emptyState(workspace);
  }

  /** Reads the journal from its first line. */
  static async open({
    journal,
    clock,
    workspace,
  }: {
    journal: Journal;
    clock: Clock;
    workspace: string;
  }): Promise<Book> {
    const book = new Book(journal, clock, workspace);
    await book.catchUp();
    return Object.assign(book, { isMended: false });
  }

  get workspace(): string {
    return this.state.workspace;
  }

  /**
   * Answers a command once it is durable; the same command again gets the same answer. Throws a `BookFault`, or the
   * journal's fault: after `uncertain` the same command, sent again, learns what became of it.
   */
  submit(command: Command): Promise<Answer> {
    if (this.closed) return Promise.reject(new BookFault('closed'));
    if (this.waiting.length >= QUEUE_MAX) return Promise.reject(new BookFault('busy'));
    return new Promise((resolve, reject) => {
      this.waiting.push({ command, commandHash: contentHash(contentOf(command)), resolve, reject });
      this.startWriting();
    });
  }

  /** The state after the last line this process has seen: enough to show, while decisions are `submit`'s alone. */
  now(): State {
    return this.state;
  }

  /** The state with every line that was in the journal when this was called. */
  async read(): Promise<State> {
    await this.inTurn(() => this.catchUp());
    return this.state;
  }

  /** The lines that touched an account, newest first. */
  history(query: Omit<HistoryQuery, 'workspace'>): Promise<Line[]> {
    return this.journal.history({ ...query, workspace: this.workspace });
  }

  /** The lines just before a seq, in order. */
  linesBefore({ beforeSeq, linesMax }: { beforeSeq: number; linesMax: number }): Promise<Line[]> {
    const afterSeq = Math.max(0, beforeSeq - 1 - linesMax);
    return this.journal.read({ workspace: this.workspace, afterSeq, linesMax: beforeSeq - 1 - afterSeq });
  }

  /** Lets the commands that wait be answered, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    do await this.turn;
    while (this.writing);
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** One batch a turn, so that a read waits for one write, and not until nobody asks any more. */
  private startWriting() {
    if (this.writing || this.waiting.length === 0) return;
    this.writing = true;
    void this.inTurn(async () => {
      // Whoever was just answered may ask again at once: one turn of the event loop later they share the next write.
      await nextTurnOfTheLoop();
      const batch = this.waiting.splice(0, BATCH_MAX);
      await this.write(batch).catch((error: unknown) => rejectAll(batch, error));
      this.writing = false;
      this.startWriting();
    });
  }

  private async write(batch: Waiting[]): Promise<void> {
    let open = batch;
    let doubt: JournalFault | null = null;
    for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
      if (this.isMended) await this.catchUp();
      open = answerKnown(open, this.recent);
      const { next, lines, decided, turnedAwayCount } = decideAll(this.state, open, this.clock.now());
      this.turnedAwayCount += turnedAwayCount;
      if (lines.length === 0) return;
      const written = await this.append(lines, doubt);
      if (written === 'appended') {
        this.become(next);
        this.recent.add(lines);
        answerKnown(decided, this.recent);
        return;
      }
      if (written !== 'taken') doubt = written;
      open = await this.readBack(decided);
    }
    rejectAll(open, doubt ?? new BookFault('contended'));
  }

  /** A write in doubt is an answer to go on from; after one, a later failure cannot promise that nothing was written. */
  private async append(
    lines: readonly Line[],
    doubt: JournalFault | null,
  ): Promise<'appended' | 'taken' | JournalFault> {
    try {
      return await this.journal.append(lines);
    } catch (error) {
      if (error instanceof JournalFault && error.code === 'uncertain') return error;
      throw doubt ?? error;
    }
  }

  /** Somebody else's lines came first, or ours may stand: both are read in the journal, never guessed. */
  private async readBack(open: Waiting[]): Promise<Waiting[]> {
    try {
      await this.catchUp();
      const left = answerKnown(open, this.recent);
      const commandIds = left.map(({ command }) => command.commandId);
      const found = await this.journal.findCommands({ workspace: this.workspace, commandIds });
      return answerKnown(left, new Map(found.map((line) => [line.commandId, line])));
    } catch (cause) {
      throw new JournalFault('uncertain', { cause });
    }
  }

  private async catchUp(): Promise<void> {
    const { workspace } = this;
    const isAnew = this.state.seq === 0;
    for (;;) {
      const lines = await this.journal.read({ workspace, afterSeq: this.state.seq, linesMax: READ_LINES });
      this.become(foldLines(this.state, lines));
      if (lines.length === READ_LINES) await nextTurnOfTheLoop();
      else return isAnew || !this.isMended ? this.recent.add(lines) : await this.foldAnew();
    }
  }

  private async foldAnew(): Promise<void> {
    const { journal, clock, workspace } = this;
    const { state, recent } = await Book.open({ journal, clock, workspace });
    Object.assign(this, { state, recent, isMended: false });
  }

  private become(next: State) {
    this.isMended ||= next.stop !== this.state.stop && next.stop?.resumed != null;
    this.state = next;
  }
}

const nextTurnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
