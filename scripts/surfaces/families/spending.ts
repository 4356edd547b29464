import type { BudgetNews } from '../../../src/app/limits/budget-news.ts';
import type { StopCard } from '../../../src/app/self-check/stop-view.ts';
import type { AlreadySo } from '../../../src/ledger/commands/commands.ts';

import { home } from '../../../src/slack/home/home.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { message } from '../../../src/slack/kit/message.ts';
import { budgetNewsMessage } from '../../../src/slack/limits/budget-news.ts';
import { changeNewsMessage } from '../../../src/slack/limits/change-news.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import { resumedParagraphs, stopCard } from '../../../src/slack/spending-stop/stop-card.ts';
import { changeNews } from '../../../test/slack/change-views.ts';
import { creditsView, homeView, NOW, setupView } from '../../../test/slack/home-views.ts';
import { ANA, HUGE, LONG_NAME, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const STOP: StopCard['stop'] = {
  stopId: 'self-check/2026-11-24/1204',
  at: NOW - 3 * 3_600_000,
  brokenSeq: 1_204,
  problem:
    'it states client:northwind month:2026-11 used 480 held 0 available 20, the lines add up to client:northwind month:2026-11 used 481 held 0 available 19',
  resumed: null,
  isWritten: true,
};

const card = (name: string, change: Partial<StopCard['stop']>): Sample => ({
  name,
  kind: 'message',
  draw: () => stopCard({ kind: 'stop_card', at: NOW, stop: { ...STOP, ...change } }),
});

const refused = (name: string, audience: 'internal' | 'shared', readerId = ANA): Sample => ({
  name,
  kind: 'note',
  readerId,
  draw: () =>
    refusalMessage(
      { reason: 'spending_stopped', stopId: STOP.stopId, at: STOP.at },
      { readerId, audience, clientName: null, helpers: [OLIVIA] },
    ),
});

const already = (stands: AlreadySo): Sample => ({
  name: `already so: ${stands.kind}`,
  kind: 'note',
  readerId: OLIVIA,
  draw: () =>
    refusalMessage(
      { reason: 'nothing_changed', stands },
      { readerId: OLIVIA, audience: 'internal', clientName: null, helpers: [] },
    ),
});

const line = { seq: 9, at: NOW, over: 'refuse', window: 'month', rollOverMaxCredits: null } as const;
const rows = [
  {
    seq: 9,
    at: NOW,
    by: ANA,
    opens: { account: 'client:northwind' },
    facts: {
      kind: 'limit_set',
      account: 'client:northwind',
      limitCredits: 900,
      before: { ...line, limitCredits: 6 },
      ...line,
    },
  },
  {
    seq: 8,
    at: NOW,
    by: ANA,
    opens: { channelId: 'C0NORTHWIND' },
    facts: { kind: 'channel_bound', channelId: 'C0NORTHWIND', clientId: 'nova', before: 'northwind' },
  },
] as unknown as BudgetNews['rows'];
const news: BudgetNews = {
  kind: 'budget_news',
  seq: 9,
  rows,
  moreCount: 3,
  names: { 'client:northwind': LONG_NAME, 'client:nova': RTL_NAME },
};

/**
 * When a line of the ledger cannot be right, a file of Inkwell’s is damaged or gone; and what owners
 * hear that others changed.
 */
export const SPENDING: Family = {
  name: 'spending',
  samples: [
    { name: 'changed by others', kind: 'message', draw: () => budgetNewsMessage(news) },
    { name: 'changed about you', kind: 'message', readerId: ANA, draw: () => changeNewsMessage(changeNews()) },
    already({ kind: 'role_set', memberId: ANA, role: 'creator' }),
    already({ kind: 'channel_bound', channelId: 'C0NORTHWIND', clientId: null }),
    card('stopped', {}),
    card('stopped, at a line far on', { brokenSeq: HUGE }),
    card('stopped, and nothing can be written', {
      stopId: 'self-check/unreadable/2026-11-24/1204',
      isWritten: false,
      problem: 'cannot be read (line 1204 is not JSON)',
    }),
    card('the end of the ledger is missing', { stopId: 'self-check/end/start/1204/1', problem: 'is missing' }),
    card('the end of the ledger is missing, and nothing can be written', {
      stopId: 'self-check/end/start/1204/1',
      isWritten: false,
      problem: 'is missing',
    }),
    card('lines in the middle are missing', {
      stopId: 'self-check/gap/2026-11-24/1204',
      problem: 'line 1203 is missing',
    }),
    card('the ledger’s file is damaged', {
      stopId: 'trouble/damaged/ledger/1',
      isWritten: false,
      problem: 'ledger.sqlite is damaged (database disk image is malformed)',
    }),
    card('the ledger’s file is damaged, in another tongue', {
      stopId: 'trouble/damaged/ledger/1',
      problem: RTL_NAME.repeat(30),
    }),
    card('the records are damaged', {
      stopId: 'trouble/damaged/records/1',
      problem: 'records.sqlite is damaged (database disk image is malformed)',
    }),
    card('a file is gone', {
      stopId: 'trouble/moved/ledger/1',
      isWritten: false,
      problem: 'ledger.sqlite is missing: it was removed or renamed',
    }),
    card('goes on', { resumed: { by: OLIVIA, at: NOW } }),
    refused('refused', 'internal'),
    refused('refused, to an owner', 'internal', OLIVIA),
    refused('refused, where outsiders read along', 'shared'),
    {
      name: 'still wrong',
      kind: 'note',
      readerId: OLIVIA,
      draw: () =>
        message(resumedParagraphs({ kind: 'still_wrong', brokenSeq: 1_204, about: 'line', problem: STOP.problem })),
    },
    {
      name: 'the end is still missing',
      kind: 'note',
      readerId: OLIVIA,
      draw: () =>
        message(resumedParagraphs({ kind: 'still_wrong', brokenSeq: 1_204, about: 'end', problem: 'is missing' })),
    },
    {
      name: 'records still wrong',
      kind: 'note',
      readerId: OLIVIA,
      draw: () =>
        message(
          resumedParagraphs({ kind: 'records_wrong', problem: 'records.sqlite is damaged (file is not a database)' }),
        ),
    },
    {
      name: 'right again',
      kind: 'note',
      readerId: OLIVIA,
      draw: () => message(resumedParagraphs({ kind: 'resumed', linesCount: 12_345 })),
    },
    {
      name: 'not stopped any more',
      kind: 'note',
      readerId: OLIVIA,
      draw: () =>
        refusalMessage(
          { reason: 'spending_not_stopped', stopId: STOP.stopId },
          { readerId: OLIVIA, audience: 'internal', clientName: null, helpers: [OLIVIA] },
        ),
    },
    {
      name: 'owner’s Home',
      kind: 'home',
      readerId: OLIVIA,
      draw: () =>
        home(
          homeView({
            memberId: OLIVIA,
            setup: setupView({}),
            credits: creditsView({ memberId: OLIVIA, role: 'owner', channelId: null }),
            stop: STOP,
          }),
          { notices: [], pages: FIRST_PAGES, pictures: true },
        ),
    },
  ],
};
