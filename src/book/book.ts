import type { Command } from '../ledger/commands/commands.ts';
import { type Answer, contentOf, type Line } from '../ledger/lines.ts';
import type { State } from '../ledger/state.ts';
import type { Head } from '../ledger/verify/verifier.ts';
import { contentHash } from '../ports/content-hash.ts';
import type { Clock } from '../ports/ports.ts';
import type { HistoryQuery, Journal, JournalFault } from '../storage/journal/journal.ts';
import { clockDoubt } from './clock-doubt.ts';
import { ANSWER_WITHIN_MS, answerInTime, giveUpInTime, Queue, readInTime } from './command-queue.ts';
import { historyInTime, inTime } from './corrected-lines.ts';
import {
  appendInDoubt,
  BookFault,
  decideBatch,
  type PendingCommand,
  rejectAll,
  type StopHere,
  type TurnedAway,
} from './decide-batch.ts';
import { handOver, type Opening, type Writer } from './forward-commands.ts';
import { JournalProjection, nextTurnOfTheLoop } from './projection.ts';

/** How many commands are answered by one write. */
const BATCH_MAX = 256;
/** Commands that may wait. Where more come, the store cannot keep up, and people are told so. */
const QUEUE_MAX = 10_000;
/** Each failed attempt means that another process wrote in between. More of them mean that the store contradicts itself. */
const ATTEMPTS_MAX = 50;

/**
 * A workspace's only writer in this process. It decides waiting commands one after the other in memory, writes their
 * lines at once, and answers only when they are durable. Other processes may write to the same journal: the second of two
 * finds the seq taken, reads what is new, and decides again.
 */
export class Book {
  private readonly queue = new Queue();
  private turn: Promise<void> = Promise.resolve();
  private writing = false;
  private reading: Promise<void> | null = null;
  private closed = false;
  /** While it stands nothing new is held in this process. No line says so: none can be written, or would be found again. */
  stoppedHere: StopHere | null = null;
  /** Requests that the burst limit turned away since this process began. */
  turnedAwayCount = 0;

  private constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly known: JournalProjection,
    private readonly writer: Writer | null,
  ) {}

  /** Reads the journal from its first line, or from where a snapshot that fits it ends. */
  static async open({ journal, clock, workspace, snapshots = null, writer = null, alone = false }: Opening) {
    const now = alone ? () => 0 : clock.now;
    const known = new JournalProjection(journal, snapshots, workspace, now, writer !== null);
    await known.open();
    return new Book(journal, clock, known, writer);
  }

  get workspace(): string {
    return this.known.state.workspace;
  }

  /**
   * Answers a command once it is durable; the same command again gets the same answer. Throws a `BookFault`, or the
   * journal's fault: after `uncertain` the same command, sent again, learns what became of it.
   */
  submit(command: Command, { isHanded = false, notBeforeAt = 0 }: Partial<PendingCommand> = {}): Promise<Answer> {
    if (this.closed) return Promise.reject(new BookFault('closed'));
    if (this.queue.length >= QUEUE_MAX) return Promise.reject(new BookFault('busy'));
    return new Promise((resolve, reject) => {
      const commandHash = contentHash(contentOf(command));
      this.queue.add({ command, commandHash, sinceAt: this.clock.now(), isHanded, notBeforeAt, resolve, reject });
      this.startWriting();
    });
  }

  /** The state after the last line this process has seen: enough to show, while decisions are `submit`'s alone. */
  now(): State {
    return this.known.state;
  }

  /** Returns the state with every line that was in the journal at the call. Calls that come meanwhile share the next look. */
  async read(): Promise<State> {
    this.reading ??= this.inTurn(async () => {
      this.reading = null;
      try {
        await this.known.catchUp();
      } catch (error) {
        giveUpInTime(this.queue, this.clock, error);
        throw error;
      }
    });
    await readInTime(this.clock, this.reading);
    return this.known.state;
  }

  /** The newest line that this process knows. */
  readonly head = (): Promise<Head> => this.known.head();

  /** The lines after this one up to the newest that this process knows; none where it has not kept them all. */
  linesAfter(seq: number): readonly Line[] {
    return this.known.after(seq);
  }

  /** A state that was just folded from the first line takes the place of what this process knew, whatever it began with. */
  goOnFrom(folded: State): Promise<void> {
    return this.inTurn(() => this.known.goOnFrom(folded));
  }

  /** The lines that touched an account, newest first. */
  history(query: Omit<HistoryQuery, 'workspace'>): Promise<Line[]> {
    return historyInTime(this.journal, this.now().corrections, { ...query, workspace: this.workspace });
  }

  /** The lines just before a seq, in order. */
  async linesBefore({ beforeSeq, linesMax }: { beforeSeq: number; linesMax: number }): Promise<Line[]> {
    const afterSeq = Math.max(0, beforeSeq - 1 - linesMax);
    const query = { workspace: this.workspace, afterSeq, linesMax: beforeSeq - 1 - afterSeq };
    return inTime(await this.journal.read(query), this.now().corrections);
  }

  /** Lets the commands that wait be answered, and takes no more. */
  async close(): Promise<void> {
    this.closed = true;
    do await this.turn;
    while (this.writing);
    await this.known.close();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Writes one batch a turn, so that a read waits for one write and not for all of them. */
  private startWriting() {
    if (this.writing || this.queue.length === 0) return;
    this.writing = true;
    let batch: PendingCommand[] = [];
    const stopAnswering = answerInTime({ clock: this.clock, queue: this.queue, sent: () => batch });
    void this.inTurn(async () => {
      // People who were just answered may ask again. One turn of the event loop later they share the next write.
      await nextTurnOfTheLoop();
      batch = this.queue.take(BATCH_MAX);
      await this.write(batch).catch((error: unknown) => {
        rejectAll(batch, error);
        giveUpInTime(this.queue, this.clock, error);
      });
      stopAnswering();
      this.writing = false;
      this.startWriting();
    });
  }

  private async write(batch: PendingCommand[]): Promise<void> {
    let { left: open, doubt } = await handOver(this.writer, this.known, { batch, clock: this.clock });
    if (open.length === 0) return;
    const allAnsweredAt = this.clock.now() + ANSWER_WITHIN_MS;
    for (let attempt = 0; attempt < ATTEMPTS_MAX && this.clock.now() <= allAnsweredAt; attempt += 1) {
      await this.known.mend();
      const { hash: newestHash } = await this.known.head();
      open = this.known.answer(open);
      const doubtOf = (state: State) => clockDoubt(this.clock, state);
      const deciding = { now: this.clock.now(), doubt: doubtOf, stop: this.stoppedHere, newestHash };
      const { next, lines, decided, turnedAway } = decideBatch(this.known.state, open, deciding);
      if (turnedAway.length > 0) await this.turnAway(turnedAway, doubt);
      if (lines.length === 0) return;
      const written = await appendInDoubt(this.journal, lines, doubt);
      if (written === 'appended') {
        this.known.wrote(lines, next);
        this.known.answer(decided);
        return;
      }
      if (written === 'taken') this.writer?.lostRace();
      else doubt = written;
      open = await this.known.readBack(decided, { first: attempt === 0 });
    }
    rejectAll(open, doubt ?? new BookFault('contended'));
  }

  /** What is turned away leaves no line. Whether it was answered before, however long ago, is looked up. */
  private async turnAway(turnedAway: readonly TurnedAway[], doubt: JournalFault | null): Promise<void> {
    let left: PendingCommand[];
    try {
      left = await this.known.find(turnedAway.map(({ waiting }) => waiting));
    } catch (error) {
      throw doubt ?? error;
    }
    for (const { waiting, refusal } of turnedAway) {
      if (!left.includes(waiting)) continue;
      this.turnedAwayCount += 1;
      waiting.resolve({ ok: false, refusal, line: null });
    }
  }
}
