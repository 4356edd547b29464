import type { Line } from '../ledger/lines.ts';

/** No fewer than one write has. Few, so that most lines die young: remembering 2 000 cost a fifth of all time. */
const LINES_MAX = 256;
/** Where other processes ask for them: as many as are written while one of them is late. */
const SHARED_LINES_MAX = 2_048;

/**
 * The newest lines by command id, at least so many: what comes again soon is answered without a look into the journal.
 * Two generations, of which the older is forgotten as a whole: cheaper than to forget line by line.
 */
export class RecentLines {
  private older = new Map<string, Line>();
  private newer = new Map<string, Line>();
  private readonly linesMax: number;

  constructor({ isShared }: { isShared: boolean }) {
    this.linesMax = isShared ? SHARED_LINES_MAX : LINES_MAX;
  }

  get(commandId: string): Line | undefined {
    return this.newer.get(commandId) ?? this.older.get(commandId);
  }

  /** Every line after this one, in order; null where one of them is forgotten. */
  after(seq: number): Line[] | null {
    const lines = [...this.older.values(), ...this.newer.values()].filter((line) => line.seq > seq);
    return lines.every((line, index) => line.seq === seq + 1 + index) ? lines : null;
  }

  add(lines: readonly Line[]) {
    for (const line of lines) {
      if (this.newer.size >= this.linesMax) {
        this.older = this.newer;
        this.newer = new Map();
      }
      this.newer.set(line.commandId, line);
    }
  }
}
