import { type Journal, JournalFault } from '../journal/journal.ts';
import { answer } from '../ledger/answer.ts';
import { fold } from '../ledger/apply.ts';
import type { Command } from '../ledger/commands.ts';
import { type Answer, answerOf, contentOf, type Line } from '../ledger/lines.ts';
import { emptyState, type State } from '../ledger/state.ts';
import { contentHash } from './content-hash.ts';
import type { Clock } from './ports.ts';
import { RecentLines } from './recent-lines.ts';

/** How many commands are answered by one write. */
const BATCH_MAX = 256;
/** More than this waiting means the store is not keeping up: better to say so than to grow. */
const QUEUE_MAX = 10_000;
/** Each attempt means that somebody else wrote in between; more is a store that contradicts itself. */
const ATTEMPTS_MAX = 50;
const READ_LINES = 2_000;

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

type Waiting = {
  command: Command;
  commandHash: string;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
};

/**
 * A workspace's only writer in this process. It decides waiting commands one after the other in memory, writes their
 * lines at once, and answers only when they are durable. Other processes may write to the same journal: who comes
 * second finds the seq taken, reads what is new, and decides again.
 */
export class Book {
  private state: State;
  private waiting: Waiting[] = [];
  private readonly recent = new RecentLines();
  private turn: Promise<void> = Promise.resolve();
  private writing = false;
  private closed = false;

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
    return book;
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
      if (!this.writing) {
        this.writing = true;
        void this.inTurn(() => this.writeAll());
      }
    });
  }

  /** The state as this process knows it: enough for what is only shown, or decided again by the ledger. */
  now(): State {
    return this.state;
  }

  /** The state with every line that was in the journal when this was called. */
  async read(): Promise<State> {
    await this.inTurn(() => this.catchUp());
    return this.state;
  }

  /** Lets the commands that wait be answered, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    await this.turn;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      // Whoever was just answered may ask again at once: one turn of the event loop later they share the next write.
      await new Promise((resolve) => setImmediate(resolve));
      await this.write(this.waiting.splice(0, BATCH_MAX));
    }
    this.writing = false;
  }

  private async write(batch: Waiting[]): Promise<void> {
    let open = batch;
    for (let attempt = 0; open.length > 0; attempt += 1) {
      open = this.answerKnown(open, this.recent);
      const { next, lines, decided } = this.decide(open);
      if (lines.length === 0) return;
      if (attempt === ATTEMPTS_MAX) return rejectAll(decided, new BookFault('contended'));
      try {
        if ((await this.append(lines)) === 'appended') {
          this.state = next;
          this.recent.add(lines);
          this.answerKnown(decided, this.recent);
          return;
        }
      } catch (error) {
        return rejectAll(decided, error);
      }
      try {
        open = await this.readBack(decided);
      } catch (cause) {
        return rejectAll(decided, new JournalFault('uncertain', { cause }));
      }
    }
  }

  private async append(lines: readonly Line[]): Promise<'appended' | 'taken' | 'uncertain'> {
    try {
      return await this.journal.append(lines);
    } catch (error) {
      if (error instanceof JournalFault && error.code === 'uncertain') return 'uncertain';
      throw error;
    }
  }

  /** A command that cannot be decided is a bug of ours: it stops alone. */
  private decide(open: Waiting[]): { next: State; lines: Line[]; decided: Waiting[] } {
    let next = this.state;
    const lines: Line[] = [];
    const decided: Waiting[] = [];
    const ids = new Set<string>();
    const now = this.clock.now();
    for (const waiting of open) {
      const { command, commandHash } = waiting;
      try {
        if (!ids.has(command.commandId)) {
          const answered = answer(next, command, { now, commandHash });
          next = answered.state;
          lines.push(answered.line);
          ids.add(command.commandId);
        }
        decided.push(waiting);
      } catch (error) {
        waiting.reject(error);
      }
    }
    return { next, lines, decided };
  }

  /** Somebody else's lines came first, or ours may stand: both are read in the journal, never guessed. */
  private async readBack(open: Waiting[]): Promise<Waiting[]> {
    await this.catchUp();
    const left = this.answerKnown(open, this.recent);
    const commandIds = left.map(({ command }) => command.commandId);
    const found = await this.journal.findCommands({ workspace: this.workspace, commandIds });
    return this.answerKnown(left, new Map(found.map((line) => [line.commandId, line])));
  }

  private answerKnown(open: Waiting[], known: { get(commandId: string): Line | undefined }): Waiting[] {
    return open.filter(({ command, commandHash, resolve, reject }) => {
      const line = known.get(command.commandId);
      if (!line) return true;
      if (line.commandHash === commandHash) resolve(answerOf(line));
      else reject(new BookFault('id_reused'));
      return false;
    });
  }

  private async catchUp(): Promise<void> {
    const { workspace } = this;
    for (;;) {
      const lines = await this.journal.read({ workspace, afterSeq: this.state.seq, linesMax: READ_LINES });
      this.state = fold(this.state, lines);
      this.recent.add(lines);
      if (lines.length < READ_LINES) return;
    }
  }
}

function rejectAll(waiting: Waiting[], error: unknown) {
  for (const { reject } of waiting) reject(error);
}
