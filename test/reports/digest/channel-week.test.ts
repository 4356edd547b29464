import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAccount } from '../../../src/ledger/accounts.ts';
import type { State } from '../../../src/ledger/state.ts';
import { exceededBy } from '../../../src/ledger/usage/exceeded.ts';
import { lessThanOwn } from '../../../src/ledger/usage/less.ts';
import { channelWeek, imagesOfClient } from '../../../src/reports/digest/channel-week.ts';
import { clientBudgetOf } from '../../../src/reports/digest/client-budget.ts';
import { weeksBefore } from '../../../src/reports/digest/weeks.ts';
import { addDays, type Period, usageOf } from '../../../src/reports/usage.ts';
import { histories, type RandomHistory } from '../../ledger/histories.ts';
import { keyAt } from '../../ledger/reckoning.ts';
import { tell } from '../../ledger/told.ts';
import { isLong } from '../../support/is-long.ts';

const RUNS = isLong ? 300 : 40;
const DAY = 86_400_000;

/** Charged images of a client, one by one from the lines, with the mark that was said last. */
function madeIn(
  { lines }: RandomHistory,
  clientId: string,
  { fromDate, toDate }: { fromDate: string; toDate: string },
) {
  const told = tell(lines);
  return told.holds.flatMap(({ line, holdId, end }) => {
    const date = keyAt(told, 'day', line.at).slice('day:'.length).replace(/\/.*/, '');
    if (end?.kind !== 'captured' || line.clientId !== clientId || date < fromDate || date > toDate) return [];
    const said = lines.filter((each) => each.kind === 'image_marked' && each.holdId === holdId).at(-1);
    return [{ holdId, mark: said?.kind === 'image_marked' ? said.mark : null }];
  });
}

/** Every week in which something was made and can still be marked. */
function weeksOf({ images, settings }: State): Period[] {
  const weeks = [...images.keys()].map((date) => weeksBefore(addDays(date, 7), settings?.weekStartsOn ?? 1).week);
  const oldest = [...images.keys()].sort()[0] ?? '';
  const whole = weeks.filter(({ fromDate }) => fromDate >= oldest);
  return [...new Map(whole.map((week) => [week.fromDate, week])).values()];
}

describe('a client’s week', () => {
  test('has the images that the lines say were charged, and those that were marked keep or final last', () => {
    let seenCount = 0;
    fc.assert(
      fc.property(histories(120), (history) => {
        const { state } = history;
        const all = [...state.clients.keys()].flatMap((clientId) => weeksOf(state).map((week) => ({ clientId, week })));
        for (const { clientId, week } of all) {
          const made = madeIn(history, clientId, week);
          const { imagesCount, keptCount, kept } = channelWeek(imagesOfClient(state, clientId, week));
          seenCount += imagesCount;
          const wanted = made.filter(({ mark }) => mark === 'keep' || mark === 'final');
          expect({ imagesCount, keptCount }).toEqual({ imagesCount: made.length, keptCount: wanted.length });
          expect(kept.map(({ image }) => image.holdId).sort()).toEqual(wanted.map(({ holdId }) => holdId).sort());
          const counted = usageOf(state, { period: week, only: (cell) => cell.clientId === clientId });
          expect({ imagesCount, keptCount }).toEqual({
            imagesCount: counted.imagesCount,
            keptCount: counted.keptCount,
          });
        }
      }),
      { numRuns: RUNS },
    );
    expect(seenCount).toBeGreaterThan(10);
  });
});

describe('what a client has left', () => {
  test('is what the ledger would let it hold, and not a credit more', () => {
    let seenCount = 0;
    fc.assert(
      fc.property(histories(80), fc.nat({ max: 40 }), ({ state }, daysLater) => {
        if (!state.settings) return;
        const { settings } = state;
        const at = state.lastAt + daysLater * DAY;
        for (const clientId of state.clients.keys()) {
          const budget = clientBudgetOf(state, clientId, at);
          const limits = state.limits.get(clientAccount(clientId)) ?? [];
          expect(budget === null).toBe(limits.length === 0);
          if (budget === null || limits.some(({ over }) => over === 'warn')) continue;
          const left = budget.less?.leftCredits ?? budget.leftCredits;
          expect(left === null).toBe(lessThanOwn(state, clientAccount(clientId), at) !== null);
          if (left === null) continue;
          const stops = (requestedCredits: number) =>
            exceededBy(state, {
              accounts: [clientAccount(clientId)],
              requestedCredits,
              at,
              calendar: settings,
              memberId: 'U0NOBODY',
            }).length > 0;
          seenCount += 1;
          expect([stops(left + 1), left > 0 && stops(left)]).toEqual([true, false]);
        }
      }),
      { numRuns: RUNS },
    );
    expect(seenCount).toBeGreaterThan(10);
  });
});
