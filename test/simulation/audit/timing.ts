import type { Command } from '../../../src/ledger/commands/commands.ts';
import type { Line } from '../../../src/ledger/lines.ts';
import type { PostedCard } from '../world/slack.ts';

/** A machine, as it can be seen from outside. `offSinceAt`: null while its clock is right. */
type Machine = { name: string; isAlive: boolean; offSinceAt: number | null };
type Asking = { by: Machine; sinceAt: number; wasOff: boolean };

type Parts = { now: () => number; complain: (complaint: string) => void };

/** Two minutes as documented, half a minute that an answer may be late, and a machine's own small error. */
const AHEAD_MAX_MS = 4 * 60_000;
/** Two rounds, and the longest outage. */
const TOLD_WITHIN_MS = 8 * 60_000;
const SPENDS: ReadonlySet<Line['kind']> = new Set(['held', 'approved', 'budget_moved']);

/** No clock dates a line ahead, a process whose clock is wrong spends nothing, alone or through another, and owners hear of it. */
export function createTiming({ now, complain }: Parts) {
  const asked = new Map<string, Asking[]>();
  let toldAt: number | null = null;
  return {
    /** Somebody asked this process; what others hand over to it was asked elsewhere. */
    asks(by: Machine, { commandId }: Command): void {
      const all = asked.get(commandId) ?? [];
      asked.set(commandId, [...all, { by, sinceAt: now(), wasOff: by.offSinceAt !== null }]);
    },
    lineStands(line: Line): void {
      const aheadMs = line.at - now();
      if (aheadMs > AHEAD_MAX_MS) complain(`line ${line.seq}, ${line.kind}: is dated ${aheadMs} ms ahead`);
      if (line.kind === 'clock_corrected') complain('the ledger is corrected, and was never ahead');
      if (!SPENDS.has(line.kind)) return;
      const all = asked.get(line.commandId) ?? [];
      const isOff = ({ by, sinceAt, wasOff }: Asking) => wasOff && by.offSinceAt !== null && by.offSinceAt <= sinceAt;
      if (all.length > 0 && all.every(isOff))
        complain(`line ${line.seq}, ${line.kind}: is spent by ${all[0]?.by.name}, whose clock is wrong`);
    },
    cardStands({ card }: PostedCard): void {
      if (card.kind === 'clock_card') toldAt = now();
    },
    /** Before a clock is right again, or its machine is gone. */
    rightAgain(by: Machine): void {
      const { offSinceAt } = by;
      if (offSinceAt === null || now() - offSinceAt < TOLD_WITHIN_MS || toldAt !== null) return;
      complain(`no owner hears that the clock of ${by.name} is wrong`);
    },
  };
}
