import type { Line } from '../ledger/lines.ts';

/** No fewer than one write has. Few, so that most lines die young: remembering 2 000 cost a fifth of all time. */
const LINES_MAX = 256;

/**
 * The newest lines by command id, at least so many: what comes again soon is answered without a look into the journal.
 * Two generations, of which the older is forgotten as a whole: cheaper than to forget line by line.
 */
export class RecentLines {
  private older = new Map<string, Line>();
  private newer = new Map<string, Line>();

  get(commandId: string): Line | undefined {
    return this.newer.get(commandId) ?? this.older.get(commandId);
  }

  add(lines: readonly Line[]) {
    for (const line of lines) {
      if (this.newer.size >= LINES_MAX) {
        this.older = this.newer;
        this.newer = new Map();
      }
      this.newer.set(line.commandId, line);
    }
  }
}
