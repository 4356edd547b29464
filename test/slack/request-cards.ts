import type { AskedCard, RequestCard, RequestFacts, RequestForm } from '../../src/app/approvals/cards.ts';
import type { ExceededLimit } from '../../src/ledger/state.ts';

import { MONDAY } from '../support/clock.ts';

/** Ana's request for 12 credits of Northwind's, of which 6 are left this month. */

export const DAY_MS = 86_400_000;

export const exceededLimit = (given: Partial<ExceededLimit> = {}): ExceededLimit => ({
  account: 'client:northwind',
  window: 'month',
  over: 'ask',
  limitCredits: 100,
  rolledCredits: 0,
  grantsCredits: 0,
  usedCredits: 90,
  heldCredits: 4,
  availableCredits: 6,
  resetsAt: MONDAY + 7 * DAY_MS,
  ...given,
});

const facts = (given: Partial<RequestFacts> = {}): RequestFacts => ({
  requestId: 'job-1',
  requesterId: 'U0ANA',
  channelId: 'C0NORTHWIND',
  clientName: 'Northwind Coffee',
  projectName: null,
  prompt: 'a red fox at dusk',
  imagesCount: 2,
  requestedCredits: 12,
  work: {
    model: 'sketch',
    size: '1024x1024',
    quality: 'standard',
    stage: 'concept',
    rateCardId: 'r',
    boundMicroUsd: 0,
  },
  exceeded: [exceededLimit()],
  names: {},
  at: MONDAY,
  askedAt: MONDAY,
  lapsesAt: MONDAY + DAY_MS,
  escalatedAt: null,
  end: null,
  room: null,
  toldIds: [],
  ...given,
});
export const requestCard = (given: Partial<RequestCard> = {}): RequestCard => ({
  ...facts(given),
  kind: 'request_card',
  audience: 'internal',
  standsIn: 'direct_message',
  approverIds: ['U0MARCUS'],
  ownersOnly: false,
  recent: { requestsCount: 14, usedCredits: 132, withinMs: 30 * DAY_MS },
  approvals: { count: 1, withinMs: 30 * DAY_MS, isOften: false },
  ...given,
});
export const askedCard = (given: Partial<AskedCard> = {}): AskedCard => ({
  ...facts(given),
  kind: 'asked_card',
  hidden: [],
  audience: 'internal',
  approverIds: ['U0MARCUS'],
  ...given,
});
export const requestForm = (given: Partial<RequestForm> = {}): RequestForm => ({
  ...facts(given),
  leastCredits: 6,
  limits: [{ ...exceededLimit(), maySet: true, setCredits: 100, enoughCredits: 106 }],
  timeZone: 'Europe/London',
  ...given,
});
