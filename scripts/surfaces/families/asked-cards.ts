import type { HelpAskedCard, InTheWay } from '../../../src/app/limits/help-asked-card.ts';
import type { RoleAskedCard } from '../../../src/app/people/role-asked-card.ts';
import { helpAskedMessage } from '../../../src/slack/limits/help-asked.ts';
import { roleAskedMessage } from '../../../src/slack/people/role-asked.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { ANA, GINA, LONG_NAME, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const figures = {
  account: 'client:northwind',
  window: 'month',
  key: '2026-11',
  over: 'refuse',
  limitCredits: 500,
  movedCredits: 0,
  rolledCredits: 0,
  grantsCredits: 0,
  usedCredits: 470,
  heldCredits: 10,
  balanceCredits: 30,
  availableCredits: 20,
} as const;

const label = (name: string) => ({ account: 'client:northwind', kind: 'client', name, memberId: null }) as const;
const tooLow = (name: string): InTheWay => ({
  kind: 'limit',
  window: 'month',
  label: label(name),
  figures,
  may: { raise: true, move: true },
});
const rule = (broken: (InTheWay & { kind: 'rule' })['broken'], change = true): InTheWay => ({
  kind: 'rule',
  broken,
  scope: broken.scope,
  label: broken.scope.startsWith('role:') ? null : label('Northwind Coffee'),
  may: { change },
});

const helps = (name: string, change: Partial<HelpAskedCard>): Sample => ({
  name,
  kind: 'message',
  draw: () =>
    helpAskedMessage({
      kind: 'help_asked',
      at: NOW,
      by: ANA,
      channelId: 'C0NORTHWIND',
      imagesCount: 4,
      requestedCredits: 24,
      inTheWay: [tooLow('Northwind Coffee')],
      ...change,
    }),
});

const asksRole = (name: string, change: Partial<RoleAskedCard>): Sample => ({
  name,
  kind: 'message',
  draw: () => roleAskedMessage({ kind: 'role_asked', at: NOW, by: GINA, role: 'viewer', answer: null, ...change }),
});

export const ASKED_CARDS: Family = {
  name: 'asked cards',
  samples: [
    helps('help with a budget', {}),
    helps('help, long name, gone', {
      inTheWay: [tooLow(LONG_NAME), { ...tooLow(RTL_NAME), figures: null } as InTheWay],
    }),
    helps('help with a rule', {
      inTheWay: [
        rule({ reason: 'too_many_images', scope: 'role:creator', imagesCount: 4, imagesMax: 1 }),
        rule({ reason: 'price_too_high', scope: 'client:northwind', requestedCredits: 24, priceMaxCredits: 12 }),
      ],
    }),
    helps('help with a model', {
      imagesCount: 1,
      inTheWay: [
        rule({ reason: 'model_not_allowed', scope: 'client:northwind', model: 'gpt-image-2', models: [] }, false),
      ],
    }),
    helps('help with a cap', {
      inTheWay: [
        rule({
          reason: 'quality_not_allowed',
          scope: 'client:northwind',
          quality: 'high',
          qualities: ['low'],
          untilAt: NOW,
        }),
      ],
    }),
    helps('help with a closed client', {
      inTheWay: [
        { kind: 'closed', what: 'client', id: 'northwind', label: label('Northwind Coffee'), may: { reopen: true } },
      ],
    }),
    asksRole('asks for a role', {}),
    asksRole('asks for a role, has none', { role: null }),
    asksRole('role given by Olivia', { answer: { by: OLIVIA, role: 'creator' } }),
    asksRole('role kept by Olivia', { answer: { by: OLIVIA, role: null } }),
  ],
};
