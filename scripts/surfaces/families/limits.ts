import type { LimitRow } from '../../../src/app/limits/limits-view.ts';
import type { LimitsPreview } from '../../../src/app/limits/preview-limits.ts';
import type { LimitForm } from '../../../src/app/limits/show-limits.ts';
import { DEFAULT_POLICY } from '../../../src/ledger/policy.ts';
import type { Tally } from '../../../src/reports/rehearsal.ts';
import { home } from '../../../src/slack/home/home.ts';
import { grantModal } from '../../../src/slack/limits/grant-form.ts';
import { limitsModal } from '../../../src/slack/limits/limits-form.ts';
import { limitsPersonModal } from '../../../src/slack/limits/limits-person-form.ts';
import { limitsRehearsedModal } from '../../../src/slack/limits/limits-preview-form.ts';
import { moveModal } from '../../../src/slack/limits/move-form.ts';
import { policyModal } from '../../../src/slack/limits/policy-form.ts';
import { ruleModal } from '../../../src/slack/limits/rule-form.ts';
import { homeView, setupView, standing } from '../../../test/slack/home-views.ts';
import { ANA, HUGE, LONG_NAME, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import { movePlaces as places } from '../move-places.ts';
import type { Family, Sample } from '../sample.ts';
import { clientNames } from './figures.ts';

const pages = { clients: 0, members: 0, tab: 'limits' } as const;
const NONE = { day: null, week: null, month: null, quarter: null, year: null, total: null };

const row = (name: string, given: Partial<LimitRow> = {}): LimitRow => ({
  account: 'client:northwind',
  kind: 'client',
  name,
  memberId: null,
  standings: [
    standing({ window: 'day', limitCredits: 40, usedCredits: 31, heldCredits: 9, over: 'ask' }),
    standing({ limitCredits: 530, movedCredits: 30, grantsCredits: 50, usedCredits: 394, heldCredits: 9 }),
    standing({
      window: 'quarter',
      limitCredits: 1_400,
      grantsCredits: 50,
      usedCredits: 912,
      heldCredits: 9,
      over: 'ask',
    }),
  ],
  mayEdit: true,
  mayGrant: true,
  mayMove: true,
  ...given,
});
const agency = row('', { account: 'agency', kind: 'agency', name: null, standings: [] });
const ofAna = row('Northwind Coffee', {
  account: `member:${ANA}@client:northwind`,
  kind: 'member_in_client',
  memberId: ANA,
});
const huge = row(LONG_NAME, {
  standings: [standing({ limitCredits: HUGE, usedCredits: HUGE + 5, heldCredits: 5, over: 'warn' })],
});

const line = { at: Date.UTC(2026, 10, 20, 9), by: OLIVIA };
const moved = { ...line, kind: 'budget_moved', isAway: false, window: 'month', amountCredits: 30 } as const;
const month = { limitCredits: 500, over: 'refuse', rollOverMaxCredits: 100 } as const;
const form = (of: LimitRow): LimitForm => ({
  ...of,
  figures: {
    ...NONE,
    day: { limitCredits: 40, over: 'ask', rollOverMaxCredits: null },
    month,
    quarter: { limitCredits: 1_400, over: 'ask', rollOverMaxCredits: null },
  },
  changes: [
    { ...moved, other: { account: 'client:a', kind: 'client', name: 'Atlas Outdoor', memberId: null } },
    { ...moved, isAway: true, other: null },
    { ...line, kind: 'granted', amountCredits: 50, expiresAt: Date.UTC(2026, 11, 1), reason: 'For the pitch' },
  ],
});

const tally = (requestsCount: number, names: number): Tally => ({
  requestsCount,
  usedCredits: requestsCount * 4,
  members: [ANA, MARCUS, OLIVIA].map((memberId) => ({ memberId, requestsCount: 1 })),
  clients: Array.from({ length: names }, (_, index) => ({ clientId: `c${index}`, requestsCount: 1 })),
});
const rehearsed = (given: Partial<LimitsPreview['rehearsal']>, more: Partial<LimitsPreview> = {}): LimitsPreview => ({
  label: row('Northwind Coffee'),
  rehearsal: {
    sinceAt: 0,
    requestsCount: 84,
    usedCredits: 391,
    blocked: tally(0, 0),
    asked: tally(0, 0),
    warned: tally(0, 0),
    ...given,
  },
  isCut: false,
  changes: [
    {
      window: 'month',
      before: month,
      after: { limitCredits: 300, over: 'refuse', rollOverMaxCredits: null },
      stands: null,
    },
  ],
  less: null,
  cheapestCredits: 6,
  clientNames: Object.fromEntries(clientNames.map((name, index) => [`c${index}`, name])),
  ...more,
});
const below: LimitsPreview['changes'] = [
  {
    window: 'day',
    before: null,
    after: { limitCredits: 20, over: 'ask', rollOverMaxCredits: null },
    stands: standing({ window: 'day', limitCredits: 20, usedCredits: 31, heldCredits: 9, over: 'ask' }),
  },
  {
    window: 'total',
    before: null,
    after: { limitCredits: HUGE, over: 'warn', rollOverMaxCredits: null },
    stands: standing({ window: 'total', limitCredits: HUGE }),
  },
];

const modal = (name: string, draw: Extract<Sample, { kind: 'modal' }>['draw']): Sample => ({
  name,
  kind: 'modal',
  draw,
});
const result = (name: string, of: LimitsPreview): Sample =>
  modal(name, () => limitsRehearsedModal(of, { pages, account: 'agency', shown: NONE, wanted: [] }));
const tab = (name: string, rows: readonly LimitRow[], find = ''): Sample => ({
  name,
  kind: 'home',
  draw: () => {
    const limits = { rows, page: 0, pagesCount: 7, accountsCount: 104, find, mayRun: true, mayLimitPeople: true };
    return home(homeView({ setup: setupView(), limits }), { notices: [], pages, pictures: true });
  },
});
const models = [
  { id: 'gpt-image-2', title: 'GPT Image 2' },
  { id: 'sketch', title: 'Sketch' },
];
const rule = { imagesMax: 2, priceMaxCredits: HUGE, models: ['gpt-image-2', 'gone-1'], qualities: ['low'] };

export const LIMITS: Family = {
  name: 'limits',
  samples: [
    tab('home', [agency, row('Northwind Coffee'), ofAna, huge, row(RTL_NAME)]),
    tab(
      'home, a page full',
      Array.from({ length: 15 }, (_, index) => row(`${LONG_NAME} ${index}`)),
    ),
    tab('home, nothing found', [], 'nobody'),
    modal('form', () => limitsModal({ form: form(row('Northwind Coffee')), pages })),
    modal('form of a person for a client', () => limitsModal({ form: form(ofAna), pages })),
    modal('form, no limit yet', () =>
      limitsModal({ form: { ...row('Northwind Coffee', { standings: [] }), figures: NONE, changes: [] }, pages }),
    ),
    modal('form, every period', () => limitsModal({ form: form(row('Northwind Coffee')), pages, isWhole: true })),
    modal('form, huge and long', () => limitsModal({ form: form(huge), pages, isWhole: true })),
    result('rehearsed, all three', rehearsed({ blocked: tally(12, 3), asked: tally(4, 1), warned: tally(1, 30) })),
    result('rehearsed, nothing in the way', rehearsed({})),
    result('rehearsed, nothing made', rehearsed({ requestsCount: 0, usedCredits: 0 })),
    result('rehearsed, below what is used', rehearsed({ asked: tally(9, 2) }, { changes: below, isCut: true })),
    modal('whose limits', () => limitsPersonModal({ setup: setupView(), pages })),
    modal('grant', () => grantModal({ row: row('Northwind Coffee'), pages })),
    modal('move budget', () =>
      moveModal({
        form: {
          from: row('Northwind Coffee'),
          to: { places, isCut: true },
        },
        pages,
      }),
    ),
    modal('move budget, nowhere to', () =>
      moveModal({ form: { from: row('Northwind Coffee'), to: { places: [], isCut: false } }, pages }),
    ),
    modal('rules for a client', () =>
      ruleModal({
        form: { scope: 'client:northwind', label: row(LONG_NAME), rule, models, qualities: ['low', 'high'] },
        pages,
      }),
    ),
    modal('rules for a role', () =>
      ruleModal({
        form: { scope: 'role:creator', label: null, rule: null, models, qualities: ['low', 'high'] },
        pages,
      }),
    ),
    modal('rules for viewers', () =>
      ruleModal({ form: { scope: 'role:viewer', label: null, rule, models, qualities: ['low', 'high'] }, pages }),
    ),
    modal('how the agency is run', () => policyModal({ policy: { defaultRole: 'creator', ...DEFAULT_POLICY }, pages })),
  ],
};
