import type { Line } from '../ledger/lines.ts';

const LINES_MAX = 2_000;

/** The newest lines by command id: what comes again soon is answered without a look into the journal. */
export class RecentLines {
  private readonly byCommand = new Map<string, Line>();

  get(commandId: string): Line | undefined {
    return this.byCommand.get(commandId);
  }

  add(lines: readonly Line[]) {
    for (const line of lines.slice(-LINES_MAX)) this.byCommand.set(line.commandId, line);
    for (const oldest of this.byCommand.keys()) {
      if (this.byCommand.size <= LINES_MAX) return;
      this.byCommand.delete(oldest);
    }
  }
}
