import type { AlertState } from '../../../src/app/alerts/alert-state.ts';
import type { LimitAlertCard } from '../../../src/app/alerts/limit-alert-card.ts';
import type { MoreAskedCard } from '../../../src/app/alerts/more-asked-card.ts';
import type { UseAlertCard } from '../../../src/app/alerts/use-alert-card.ts';
import { askOwnersModal } from '../../../src/slack/alerts/ask-owners-form.ts';
import { limitAlertMessage } from '../../../src/slack/alerts/limit-alert.ts';
import { moreAskedMessage } from '../../../src/slack/alerts/more-asked.ts';
import { useAlertMessage } from '../../../src/slack/alerts/use-alert.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { ANA, HUGE, LONG_NAME, MARCUS, MARKUP, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const DAY_MS = 86_400_000;
const figures = {
  limitCredits: 500,
  rolledCredits: 0,
  grantsCredits: 20,
  usedCredits: 416,
  heldCredits: 8,
  availableCredits: 96,
  resetsAt: NOW + 9 * DAY_MS,
};
const state: AlertState = { at: NOW, percent: 80, burn: null, left: null, isOver: false, figures };
const burn = {
  runsOutAt: NOW + 3 * DAY_MS,
  range: { fromAt: NOW + 2 * DAY_MS, toAt: NOW + 5 * DAY_MS },
  endsAt: NOW + 9 * DAY_MS,
  isDue: false,
  forecastCredits: 690,
};
const ALL = { raise: true, move: true, mute: true, cap: true, ask: false };
const A_MANAGER = { ...ALL, raise: false, ask: true };

const label = (name: string | null, kind: 'client' | 'project' | 'agency' = 'client'): LimitAlertCard['label'] => ({
  account: kind === 'agency' ? 'agency' : `${kind}:x`,
  kind,
  name,
  memberId: null,
});

const member = { account: `member:${ANA}`, kind: 'member', name: null, memberId: ANA } as const;

const sample = (name: string, now: Partial<AlertState>, change: Partial<LimitAlertCard> = {}): Sample => ({
  name,
  kind: 'message',
  draw: () =>
    limitAlertMessage({
      kind: 'limit_alert',
      at: NOW,
      label: label('Northwind Coffee'),
      window: 'month',
      now: { ...state, ...now },
      reached: [
        { percent: 50, at: NOW - 9 * DAY_MS },
        { percent: 80, at: NOW },
      ],
      muted: null,
      cap: null,
      may: ALL,
      ...change,
    }),
});

const cap = { qualities: ['low'], untilAt: burn.endsAt, by: MARCUS, clientName: 'Northwind Coffee' };

const asks = (name: string, change: Partial<MoreAskedCard>): Sample => ({
  name,
  kind: 'message',
  draw: () =>
    moreAskedMessage({
      kind: 'more_asked',
      at: NOW,
      by: MARCUS,
      reason: '200 credits until Friday.\nThe launch moved to next week.',
      label: label('Northwind Coffee'),
      window: 'month',
      figures,
      may: { raise: true },
      ...change,
    }),
});

const askModal = (ownerIds: readonly string[]) =>
  askOwnersModal({
    form: { ok: true, label: label('Northwind Coffee'), ownerIds },
    account: 'client:x',
    window: 'month',
    pages: FIRST_PAGES,
  });

const NONE = { raise: false, move: false, mute: false, cap: false, ask: false };

const usual: UseAlertCard = {
  kind: 'use_alert',
  at: NOW,
  label: label('Northwind Coffee'),
  finding: {
    account: 'client:x',
    date: '2026-11-23',
    hour: 8,
    actualCredits: 310,
    expectedCredits: 24,
    hourMaxCredits: 310,
    cause: { by: 'member', value: ANA, share: 0.84 },
  },
  foundAt: NOW,
  causeName: null,
  expected: null,
  muted: null,
  may: { raise: true, expect: true },
};

const use = (name: string, finding: Partial<UseAlertCard['finding']>, change: Partial<UseAlertCard> = {}): Sample => ({
  name,
  kind: 'message',
  draw: () => useAlertMessage({ ...usual, ...change, finding: { ...usual.finding, ...finding } }),
});

/** Alerts about the limits of an account, for the people who are responsible for it. */
export const ALERTS: Family = {
  name: 'alerts',
  samples: [
    sample('80 percent, for an owner', {}),
    sample('80 percent, for a manager', {}, { may: A_MANAGER }),
    sample('used up', { percent: 100, figures: { ...figures, usedCredits: 520, heldCredits: 0, availableCredits: 0 } }),
    sample('burning too fast', { burn }),
    sample('burning too fast, for a manager', { burn }, { may: A_MANAGER }),
    sample('burning, at draft quality only', { burn }, { cap }),
    asks('an owner is asked for more', {}),
    asks('an owner is asked, long and with markup', { reason: `${MARKUP} `.repeat(20), label: label(LONG_NAME) }),
    asks('an owner is asked about a limit that is gone', {
      figures: null,
      label: label(RTL_NAME, 'project'),
      window: 'total',
    }),
    { name: 'to ask an owner for more', kind: 'modal', draw: () => askModal(['U0OLIVIA', 'U0OWEN']) },
    { name: 'to ask an owner, and there is none', kind: 'modal', draw: () => askModal([]) },
    sample('burning, with no range', { percent: null, burn: { ...burn, range: null } }, { reached: [] }),
    sample('burning, and may last', { burn: { ...burn, range: { fromAt: NOW + DAY_MS, toAt: null } } }),
    sample(
      'a project that is due',
      { percent: null, burn: { ...burn, range: null, isDue: true }, figures: { ...figures, resetsAt: null } },
      { reached: [], window: 'total', label: label(RTL_NAME, 'project') },
    ),
    sample(
      'left over',
      { percent: null, left: { leftCredits: 210, percent: 42, endsAt: figures.resetsAt } },
      { reached: [] },
    ),
    sample('muted', {}, { muted: { by: MARCUS, at: NOW, untilAt: NOW + DAY_MS } }),
    sample(
      'resolved',
      { percent: null, figures: { ...figures, limitCredits: 1_000, availableCredits: 596 } },
      { may: NONE },
    ),
    sample('ended', { isOver: true }, { may: NONE }),
    sample(
      'long names and large figures',
      {
        burn: { ...burn, forecastCredits: HUGE },
        figures: { ...figures, limitCredits: HUGE, usedCredits: HUGE, availableCredits: -12 },
      },
      { label: label(LONG_NAME) },
    ),
    sample('a name with markup', {}, { label: label(MARKUP, 'project') }),
    use('an unusual hour', {}),
    use('an unusual day', { hour: null, cause: { by: 'project', value: 'p', share: 0.6 } }, { causeName: RTL_NAME }),
    use(
      'an unusual hour of a member',
      { hour: 23, cause: { by: 'quality', value: 'high', share: 1 } },
      { label: member },
    ),
    use(
      'an unusual hour that is expected',
      { cause: null },
      { expected: { by: MARCUS, at: NOW, untilAt: NOW + 14 * DAY_MS } },
    ),
    sample('the agency', {}, { label: label(null, 'agency'), window: 'quarter' }),
  ],
};
