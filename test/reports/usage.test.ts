import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { DIMENSIONS, type Dimension, NO_USAGE, type Period, type Usage, usageRows } from '../../src/reports/usage.ts';
import { histories } from '../ledger/histories.ts';
import { keyAt } from '../ledger/reckoning.ts';
import { tell } from '../ledger/told.ts';
import { MONDAY } from '../support/clock.ts';
import { agency, capture, hold } from '../support/fixtures.ts';
import { historyOf } from '../support/history.ts';
import { isLong, testLong } from '../support/is-long.ts';
import * as Wish from '../support/wishes.ts';

const RUNS = isLong ? 200 : 25;
const DAY = 86_400_000;

/** One thing that happened, with all that it can be counted by. */
type Happened = Readonly<Record<Exclude<Dimension, 'team'>, string | null>> & {
  teams: readonly string[];
  add: Partial<Usage>;
};

/** Everything that lines say happened, one by one, with nothing of how the ledger adds it up. */
function happenedIn(lines: readonly Line[]): Happened[] {
  const told = tell(lines);
  const dayOf = (at: number) => keyAt(told, 'day', at).slice('day:'.length).replace(/\/.*/, '');
  const nothing = { model: null, quality: null, stage: null, mark: null };
  const all: Happened[] = [];
  for (const line of lines) {
    if (line.kind === 'refused' && line.wish === 'hold' && line.refusal.reason === 'limit_exceeded') {
      const find = (name: string) =>
        line.accounts.flatMap((account) => (account.startsWith(`${name}:`) ? [account.slice(name.length + 1)] : []));
      const [client = null, project = null] = [find('client')[0], find('project')[0]];
      const member = find('member').find((each) => !each.includes('@')) ?? null;
      const counted = { client, project, member, teams: find('team'), day: dayOf(line.at) };
      if (client) all.push({ ...nothing, ...counted, add: { requestsCount: 1, blockedCount: 1 } });
    }
    if (line.kind !== 'held' && line.kind !== 'asked') continue;
    const { model, quality, stage } = line.work;
    const { clientId: client, projectId: project, memberId: member, teamIds: teams } = line;
    const counted = { client, project, member, teams, day: dayOf(line.at), model, quality, stage, mark: null };
    all.push({ ...counted, add: { requestsCount: 1, blockedCount: line.kind === 'asked' ? 1 : 0 } });
  }
  for (const { line, holdId, amountCredits, end } of told.holds) {
    const { clientId: client, projectId: project, memberId: member, teamIds: teams, work } = line;
    const { model, quality } = work;
    const of = { client, project, member, teams, day: dayOf(line.at), model, quality };
    if (end?.kind === 'captured') {
      const said = lines.filter((each) => 'holdId' in each && each.holdId === holdId);
      const mark = said.findLast((each) => each.kind === 'image_marked')?.mark ?? null;
      const set = said.findLast((each) => each.kind === 'stage_set')?.stage;
      const stage = set ?? (work.isStageGuessed && mark === 'final' ? 'final' : work.stage);
      const isAgencys = end.chargedTo === 'agency';
      const add = {
        imagesCount: 1,
        credits: isAgencys ? 0 : end.capturedCredits,
        agencyCredits: isAgencys ? end.capturedCredits : 0,
        costMicroUsd: end.costMicroUsd,
        keptCount: mark === 'keep' || mark === 'final' ? 1 : 0,
        finalCount: mark === 'final' ? 1 : 0,
        discardedCount: mark === 'discard' ? 1 : 0,
      };
      all.push({ ...of, stage, mark, add });
    }
    const other = { ...of, stage: work.stage, mark: null };
    if (end?.kind === 'voided' && end.reason === 'refused') all.push({ ...other, add: { declinedCount: 1 } });
    if (end?.kind === 'slipped') all.push({ ...other, add: { slippedCount: 1, agencyCredits: amountCredits } });
  }
  return all;
}

function naiveRows(happened: readonly Happened[], period: Period, by: readonly Dimension[]): Map<string, Usage> {
  const rows = new Map<string, Usage>();
  for (const { teams, add, ...each } of happened) {
    if ((each.day ?? '') < period.fromDate || (each.day ?? '') > period.toDate) continue;
    for (const team of by.includes('team') && teams.length > 0 ? teams : [null]) {
      const key = JSON.stringify(by.map((dimension) => (dimension === 'team' ? team : each[dimension])));
      const row: Usage = { ...(rows.get(key) ?? NO_USAGE) };
      for (const name of Object.keys(add) as (keyof Usage)[]) row[name] += add[name] ?? 0;
      rows.set(key, row);
    }
  }
  return rows;
}

/** Rows without anything are no rows: what was moved away leaves none. */
const asTable = (rows: Iterable<readonly [string, Usage]>) =>
  [...rows].filter(([, usage]) => Object.values(usage).some((sum) => sum !== 0)).sort(([a], [b]) => (a < b ? -1 : 1));

describe('usage', () => {
  const questions = fc.record({
    by: fc.shuffledSubarray([...DIMENSIONS], { maxLength: 3 }),
    fromDay: fc.integer({ min: 0, max: 200 }),
    days: fc.constantFrom(0, 6, 30, 400),
  });
  const drawn = fc.sample(fc.tuple(histories(90), fc.array(questions, { minLength: 4, maxLength: 4 })), {
    seed: 20,
    numRuns: RUNS,
  });

  test.each(drawn.map(([history, asked], index) => ({ index, history, asked })))(
    'of random history $index of seed 20 is what its lines add up to, split and cut in any way',
    ({ history: { lines, state }, asked }) => {
      const happened = happenedIn(lines);
      const startsAt = (lines[0]?.at ?? MONDAY) - DAY;
      const isoDate = (at: number) => new Date(at).toISOString().slice(0, 10);
      const always = { by: [], fromDay: 0, days: 2_000 };
      for (const { by, fromDay, days } of [always, ...asked]) {
        const fromAt = startsAt + fromDay * DAY;
        const period = { fromDate: isoDate(fromAt), toDate: isoDate(fromAt + days * DAY) };
        const rows = usageRows(state, { period, by }).map(
          ({ values, usage }) => [JSON.stringify(values), usage] as const,
        );
        expect({ by, period, rows: asTable(rows) }).toEqual({
          by,
          period,
          rows: asTable(naiveRows(happened, period, by)),
        });
      }
    },
  );

  testLong('the histories are worth looking at: everything is counted in them', () => {
    const sums = naiveRows(
      drawn.flatMap(([{ lines }]) => happenedIn(lines)),
      { fromDate: '0', toDate: '9' },
      [],
    ).get('[]');
    expect(Object.entries(sums ?? NO_USAGE).filter(([, sum]) => sum < 10)).toEqual([]);
  });
});

describe('an image', () => {
  const past = [
    ...agency(),
    { ...hold(7), commandId: 'm', at: MONDAY },
    { ...capture('m/1', 5), at: MONDAY + 2 * DAY },
  ];
  const period = { fromDate: '2020-01-01', toDate: '2030-01-01' };

  test('counts on the day that its credits were held, however late it is charged', () => {
    const { state } = historyOf(past);
    const [row] = usageRows(state, { period, by: ['day'], only: ({ imagesCount }) => imagesCount > 0 });
    expect(row).toMatchObject({ values: ['2026-11-23'], usage: { credits: 5, imagesCount: 1 } });
  });

  test.each([
    [['keep'], 'keep', { keptCount: 1, finalCount: 0, discardedCount: 0 }],
    [['keep', 'final'], 'final', { keptCount: 1, finalCount: 1, discardedCount: 0 }],
    [['final', 'discard'], 'discard', { keptCount: 0, finalCount: 0, discardedCount: 1 }],
    [['discard', null], null, { keptCount: 0, finalCount: 0, discardedCount: 0 }],
  ] as const)('marked %j counts once, as %s', (marks, mark, counts) => {
    const { state } = historyOf([...past, ...marks.map((each) => Wish.mark('m/1', each))]);
    const rows = usageRows(state, { period, by: ['mark'], only: ({ imagesCount }) => imagesCount > 0 });
    expect(rows).toMatchObject([{ values: [mark], usage: { imagesCount: 1, credits: 5, ...counts } }]);
  });
});
