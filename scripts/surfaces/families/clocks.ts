import type { ClockView } from '../../../src/app/clock/clock-view.ts';
import { clockCard } from '../../../src/slack/clock/clock-card.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { ANA, OLIVIA } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const YEAR_MS = 365 * 86_400_000;
const clock = (name: string, view: ClockView): Sample => ({
  name,
  kind: 'message',
  draw: () => clockCard({ kind: 'clock_card', at: NOW, clock: view }),
});

/** When the clock of a machine or of the ledger is wrong. */
export const CLOCKS: Family = {
  name: 'clocks',
  samples: [
    clock('a machine’s clock is wrong', { kind: 'machine', shownAt: NOW + YEAR_MS, rightAt: NOW, source: 'slack' }),
    clock('the ledger is dated ahead', { kind: 'ledger', wrongAt: NOW + YEAR_MS, rightAt: NOW }),
    clock('the ledger was corrected', { kind: 'corrected', wrongAt: NOW + YEAR_MS, at: NOW, by: OLIVIA }),
    {
      name: 'refused while a clock is wrong',
      kind: 'note',
      readerId: ANA,
      draw: () =>
        refusalMessage(
          { reason: 'clock_wrong', whose: 'machine', shownAt: NOW + YEAR_MS, rightAt: NOW },
          { readerId: ANA, audience: 'internal', clientName: null, helpers: [OLIVIA] },
        ),
    },
  ],
};
