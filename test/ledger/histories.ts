import fc from 'fast-check';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import { contentOf, type Line } from '../../src/ledger/lines.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { MONDAY } from '../support/clock.ts';
import { type Asked, commandOf, WORKSPACE } from '../support/fixtures.ts';
import { organisations } from './organisations.ts';
import { limitWishes, type MakeWish, wishes } from './random-wishes.ts';

/** Random histories: small numbers, so that limits, grants, requests and ends meet often, and time that crosses windows. */
const HOUR = 3_600_000;

const afterMs = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 60_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 30 * HOUR }) },
  { weight: 1, arbitrary: fc.integer({ min: 5 * 24 * HOUR, max: 35 * 24 * HOUR }) },
  { weight: 2, arbitrary: fc.constantFrom(-HOUR, 0, 2 * HOUR, 24 * HOUR) },
);

export type RandomHistory = {
  lines: Line[];
  state: State;
  /** How many requests the burst limit turned away. */
  turnedAwayCount: number;
};

export const histories = (stepsMax: number): fc.Arbitrary<RandomHistory> =>
  fc
    .record({
      opening: organisations,
      startAt: fc.constantFrom(MONDAY, Date.UTC(2026, 2, 28, 20), Date.UTC(2026, 9, 24, 20), Date.UTC(2026, 11, 31)),
      first: fc.array(limitWishes, { minLength: 3, maxLength: 9, size: 'max' }),
      steps: fc.array(fc.record({ afterMs, wish: wishes }), {
        minLength: stepsMax >> 1,
        maxLength: stepsMax,
        size: 'max',
      }),
    })
    .map(({ opening, startAt, first, steps }) => {
      const seen: string[] = [];
      const history: RandomHistory = { lines: [], state: emptyState(WORKSPACE), turnedAwayCount: 0 };
      let clock = startAt;
      const add = (asked: Asked) => {
        const line = addTo(history, { ...asked, at: clock });
        if (line?.kind === 'held' || line?.kind === 'approved') seen.push(...line.holds.map(({ holdId }) => holdId));
      };
      const wished = (make: MakeWish) => add(make(history.state, seen));
      for (const each of opening) add(each);
      for (const make of first) wished(make);
      for (const step of steps) {
        clock += step.afterMs;
        wished(step.wish);
      }
      return history;
    });

function addTo(history: RandomHistory, { at = 0, ...asked }: Asked): Line | null {
  const { state } = history;
  const command = commandOf(asked, `c${state.seq + 1 + history.turnedAwayCount}`);
  const answered = handleCommand(state, command, { now: at, commandHash: contentHash(contentOf(command)) });
  history.state = answered.state;
  if (answered.line) history.lines.push(answered.line);
  else history.turnedAwayCount += 1;
  return answered.line;
}
