import type { ClientBudget, ClientDigestCard, KeptImage } from '../../src/app/digest/client-digest-view.ts';
import type { Budget, ClientWeek, Digest, DigestCard, Finding } from '../../src/app/digest/digest-view.ts';
import { clientAccount, projectAccount } from '../../src/ledger/accounts.ts';
import { weeksBefore } from '../../src/reports/digest/weeks.ts';
import { addDays, NO_USAGE } from '../../src/reports/usage.ts';
import { NOW } from './home-views.ts';

/** Digests as they are drawn: what a test or a picture does not care about has a value here. */

export const WEEKS = weeksBefore('2026-11-23', 1);

export const budget = (change: Partial<Budget> = {}): Budget => ({
  account: 'client:c0',
  window: 'month',
  wholeCredits: 500,
  usedCredits: 320,
  availableCredits: 180,
  expectedCredits: 373,
  endsAt: NOW + 8 * 86_400_000,
  daysLeft: 8,
  forecast: { credits: 430, range: null },
  ...change,
});

export const clientWeek = (index: number, change: Partial<ClientWeek> = {}): ClientWeek => ({
  clientId: `c${index}`,
  name: 'Northwind Coffee',
  week: { ...NO_USAGE, requestsCount: 20, imagesCount: 18, credits: 90, keptCount: 6 },
  earlierCredits: [60, 80, 40, 100],
  usualCredits: 70,
  budget: budget({ account: clientAccount(`c${index}`) }),
  ...change,
});

export const FINDINGS: Readonly<Record<'runsOut' | 'leftOver' | 'spike' | 'blocked' | 'fewKept', Finding>> = {
  runsOut: {
    facts: {
      kind: 'runs_out',
      account: 'client:c0',
      window: 'month',
      date: '2026-11-26',
      daysEarly: 5,
      isDue: false,
      missingCredits: 120,
    },
    about: 'c0',
    stakeCredits: 120,
    action: { kind: 'limits', account: 'client:c0' },
  },
  leftOver: {
    facts: { kind: 'left_over', account: 'client:c1', window: 'month', leftCredits: 210, endsAt: NOW },
    about: 'c1',
    stakeCredits: 105,
    action: { kind: 'move', account: 'client:c1' },
  },
  spike: {
    facts: {
      kind: 'spike',
      clientId: 'c0',
      weekCredits: 340,
      usualCredits: 70,
      cause: { by: 'project', value: 'launch', share: 0.8 },
    },
    about: 'c0',
    stakeCredits: 270,
    action: { kind: 'project', projectId: 'launch' },
  },
  blocked: {
    facts: { kind: 'blocked', account: 'client:c1', window: 'day', blockedCount: 9, requestsCount: 41 },
    about: 'c1',
    stakeCredits: 40,
    action: { kind: 'rule', clientId: 'c1' },
  },
  fewKept: {
    facts: { kind: 'few_kept', clientId: 'c2', projectId: null, imagesCount: 64, keptCount: 3 },
    about: 'c2',
    stakeCredits: 30,
    action: { kind: 'rule', clientId: 'c2' },
  },
};

const dates = Array.from({ length: 30 }, (_, day) => addDays('2026-11-01', day));
const used = dates.slice(0, 22).map((_, day) => (day % 7 === 0 || day % 7 === 6 ? 0 : 12 + ((day * 7) % 17)));

export function digestCard({
  clients = [clientWeek(0)],
  findings = [],
  names = {},
  isPreview = false,
  ...change
}: Partial<Omit<Digest, 'at'>> & Partial<Pick<DigestCard, 'names' | 'isPreview'>> = {}): DigestCard {
  const week = { ...NO_USAGE, requestsCount: 40, imagesCount: 36, credits: 240, keptCount: 11 };
  const digest: Digest = {
    at: NOW,
    weeks: WEEKS,
    week,
    usualCredits: 180,
    findings,
    clients,
    month: { dates, used, forecast: { method: 'earlier_months', credits: 510, range: null }, budgetCredits: 500 },
    due: [],
    isQuiet: false,
    ...change,
  };
  const called = Object.fromEntries(clients.map(({ clientId, name }) => [clientAccount(clientId), name]));
  return {
    kind: 'digest_card',
    at: NOW,
    isPreview,
    digest,
    names: { [projectAccount('launch')]: 'Winter launch', ...called, ...names },
  };
}

/** A week without anything. */
export const quietCard = (): DigestCard =>
  digestCard({ clients: [], week: NO_USAGE, usualCredits: 0, month: null, isQuiet: true });

export const clientBudget = (change: Partial<ClientBudget> = {}): ClientBudget => ({
  window: 'month',
  usedCredits: 12,
  heldCredits: 0,
  leftCredits: 8,
  resetsOn: '2026-12-01',
  less: null,
  ...change,
});

export const keptImage = (index: number, change: Partial<KeptImage> = {}): KeptImage => ({
  imageId: `job${index}/1`,
  imageNo: 1,
  imagesCount: 1,
  fileId: `F0KEPT${index}`,
  place: { channelId: 'C0NORTHWIND', ts: `1790000000.00000${index}` },
  url: `https://northwind.slack.com/archives/C0NORTHWIND/p179000000000000${index}`,
  prompt: 'A paper cup on a windowsill in the morning light, steam, film grain',
  isFinal: index === 0,
  date: addDays('2026-11-16', index % 7),
  ...change,
});

/** The week of a client's channel, with so many kept images that Slack still has. */
export function clientDigestCard(shownCount: number, change: Partial<ClientDigestCard> = {}): ClientDigestCard {
  return {
    kind: 'client_digest',
    at: NOW,
    channelId: 'C0NORTHWIND',
    clientName: 'Northwind Coffee',
    week: WEEKS.week,
    imagesCount: shownCount + 8,
    keptCount: shownCount,
    budget: clientBudget(),
    kept: Array.from({ length: shownCount }, (_, index) => keptImage(index)),
    preview: null,
    ...change,
  };
}
