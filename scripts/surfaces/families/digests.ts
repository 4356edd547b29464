import { digestMessage } from '../../../src/slack/digest/digest-card.ts';
import { digestModal } from '../../../src/slack/digest/digest-form.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { budget, clientWeek, digestCard, FINDINGS, quietCard } from '../../../test/slack/digest-views.ts';
import { HUGE, LONG_NAME, LONG_WORD, MARKUP, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames } from './figures.ts';

const digest = (name: string, card: ReturnType<typeof digestCard>): Sample => ({
  name,
  kind: 'message',
  draw: () => digestMessage(card),
});

const called = (names: readonly string[]) => names.map((name, index) => clientWeek(index, { name }));
const { runsOut, leftOver, spike, blocked, fewKept } = FINDINGS;
const busy = clientWeek(0, { week: { ...clientWeek(0).week, credits: 340 }, usualCredits: 70 });
const huge = clientWeek(0, {
  name: 'Atlas Outdoor',
  usualCredits: 1,
  week: { ...clientWeek(0).week, credits: HUGE },
  budget: budget({ wholeCredits: HUGE, usedCredits: HUGE, expectedCredits: 1 }),
});
const few = called(['Northwind Coffee', 'Atlas Outdoor', 'Mira Skincare']);

export const DIGESTS: Family = {
  name: 'digests',
  samples: [
    digest('digest, a quiet week', quietCard()),
    digest('digest, one client', digestCard()),
    digest('digest, three findings', digestCard({ clients: few, findings: [runsOut, leftOver, fewKept] })),
    digest('digest, a spike', digestCard({ clients: [busy], findings: [spike] })),
    digest('digest, blocked', digestCard({ clients: few, findings: [blocked] })),
    digest('digest, thirty clients', digestCard({ clients: called(clientNames.slice(0, 30)), findings: [runsOut] })),
    digest(
      'digest, long names',
      digestCard({ clients: called([LONG_NAME, LONG_WORD, RTL_NAME]), findings: [runsOut, leftOver, fewKept] }),
    ),
    digest('digest, markup', digestCard({ clients: called([MARKUP, MARKUP]), findings: [spike, leftOver] })),
    digest('digest, huge', digestCard({ clients: [huge], usualCredits: HUGE })),
    digest('digest, no budget', digestCard({ clients: [clientWeek(0, { budget: null, usualCredits: 0 })] })),
    digest('digest, preview', digestCard({ isPreview: true })),
    {
      name: 'digest, settings',
      kind: 'modal',
      draw: () =>
        digestModal({ digest: { weekday: 1, minuteOfDay: 545, readers: 'owners_and_managers' }, pages: FIRST_PAGES }),
    },
  ],
};
