import type { ReportRow, ReportView } from '../../../src/app/reports/report-view.ts';
import { addDays, NO_USAGE, type Usage } from '../../../src/reports/usage.ts';
import { reportMessage } from '../../../src/slack/credits/report.ts';
import { notAnswered } from '../../../src/slack/credits/report-listeners.ts';
import { ANA, HUGE, LONG_NAME, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const used = (given: Partial<Usage>): Usage => ({ ...NO_USAGE, ...given });
const row = (value: string | null, name: string | null, given: Partial<Usage>): ReportRow => ({
  value,
  name,
  usage: used(given),
});

const NOVEMBER = { fromDate: '2026-11-01', toDate: '2026-11-30', label: 'November 2026' };
const WEEK = { fromDate: '2026-11-23', toDate: '2026-11-29', label: 'Nov 23 – Nov 29, 2026' };
const WEEK_CREDITS = [42, 66, 18, 90, 51, 0, 0];

const days = (fromDate: string, credits: readonly number[]) =>
  credits.map((each, index) => ({ date: addDays(fromDate, index), credits: each }));

const CLIENTS: readonly ReportRow[] = [
  row('northwind', 'Northwind Coffee', { credits: 840, imagesCount: 140, keptCount: 52, finalCount: 12 }),
  row('atlas', 'Atlas Outdoor', { credits: 310, imagesCount: 44, keptCount: 6, finalCount: 1 }),
  row('mira', 'Mira Health', { credits: 96, imagesCount: 16, keptCount: 0 }),
];

const all: ReportView = {
  audience: 'internal',
  subject: { kind: 'all' },
  isOfManaged: false,
  period: NOVEMBER,
  by: 'client',
  rows: CLIENTS,
  total: used({
    credits: 1_246,
    imagesCount: 200,
    keptCount: 58,
    finalCount: 13,
    requestsCount: 120,
    blockedCount: 9,
    declinedCount: 2,
    agencyCredits: 12,
    costMicroUsd: 7_480_000,
  }),
  before: { credits: 1_010, label: 'Oct 3 – Oct 31, 2026' },
  daily: days(
    '2026-11-01',
    Array.from({ length: 29 }, (_, day) => (day * 37) % 80),
  ),
  creditValueMicroUsd: 10_000,
};

const ofClient: ReportView = {
  ...all,
  subject: { kind: 'client', clientId: 'northwind', name: 'Northwind Coffee' },
  isOfManaged: true,
  period: WEEK,
  by: 'member',
  rows: [
    row(ANA, null, { credits: 210, imagesCount: 35, keptCount: 12, finalCount: 3 }),
    row(MARCUS, null, { credits: 57, imagesCount: 9 }),
  ],
  total: used({ credits: 267, imagesCount: 44, keptCount: 12, finalCount: 3, requestsCount: 30 }),
  before: { credits: 267, label: 'Nov 16 – Nov 22, 2026' },
  daily: days('2026-11-23', WEEK_CREDITS),
  creditValueMicroUsd: null,
};

const report = (name: string, view: ReportView): Sample => ({
  name,
  kind: 'note',
  readerId: OLIVIA,
  draw: () => reportMessage(view),
});

export const REPORTS: Family = {
  name: 'reports',
  samples: [
    report('agency by client', all),
    report('client by person', ofClient),
    report('person', {
      ...ofClient,
      subject: { kind: 'person', memberId: ANA },
      by: 'client',
      rows: [...CLIENTS.slice(0, 1), row('others', null, { credits: 30, imagesCount: 5, keptCount: 1 })],
    }),
    report('own use, by day', {
      ...ofClient,
      subject: { kind: 'own', memberId: ANA },
      by: 'day',
      rows: WEEK_CREDITS.slice(0, 5).map((credits, day) => {
        return row(addDays(WEEK.fromDate, day), null, { credits, imagesCount: credits / 3 });
      }),
    }),
    report('nothing used', {
      ...ofClient,
      rows: [],
      total: NO_USAGE,
      before: { credits: 0, label: 'the days before' },
    }),
    report('thirty clients of long names', {
      ...all,
      rows: Array.from({ length: 30 }, (_, index) =>
        row(`c${index}`, index === 3 ? RTL_NAME : `${LONG_NAME} ${index}`, {
          credits: HUGE - index * 1_000,
          imagesCount: 900,
          keptCount: 300 - index * 9,
        }),
      ),
    }),
    report('a year, in weeks', {
      ...all,
      period: { fromDate: '2026-01-01', toDate: '2026-12-31', label: '2026' },
      by: 'day',
      rows: [],
      daily: days(
        '2026-01-01',
        Array.from({ length: 333 }, (_, day) => 20 + (day % 60)),
      ),
    }),
    {
      name: 'not theirs',
      kind: 'note',
      draw: () => notAnswered({ ok: false, problem: 'not_yours', helperIds: [MARCUS] }),
    },
    {
      name: 'unknown name',
      kind: 'note',
      draw: () =>
        notAnswered({ ok: false, problem: 'unknown', typed: 'Nortwind', near: ['Northwind Coffee', 'Nova Walrus'] }),
    },
  ],
};
