import type { CreditsView, Part } from '../../../src/app/home/credits-view.ts';
import { creditsMessage } from '../../../src/slack/credits/credits.ts';
import { creditsHelp, creditsHelpMore } from '../../../src/slack/credits/credits-help.ts';
import { accountMessage, foundMessage, unknownMessage } from '../../../src/slack/credits/credits-named.ts';
import { optionsTyped, refusedOption } from '../../../src/slack/credits/credits-options.ts';
import { creditsView, part, standing } from '../../../test/slack/home-views.ts';
import { ANA, HUGE, LONG_NAME, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';
import { hugePart, hundredClients } from './figures.ts';

const unlimited = part({ standings: [], usedThisMonthCredits: 0 });
const client = (name: string, given: Partial<Part> = {}) => ({ ...part({ account: 'client:c', ...given }), name });

const credits = (name: string, given: Partial<CreditsView>): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () => creditsMessage(creditsView(given)),
});

const unknown = (name: string, typed: string): Sample => ({
  name,
  kind: 'note',
  draw: () => unknownMessage({ kind: 'unknown', typed, names: ['Northwind Coffee', 'Atlas Outdoor'] }),
});

const account = (name: string, called: string, isClosed: boolean): Sample => ({
  name,
  kind: 'note',
  draw: () =>
    accountMessage({
      kind: 'account',
      name: called,
      part: client(called),
      isClosed,
      isReported: true,
      makes: true,
      by: OLIVIA,
      audience: 'internal',
    }),
});

export const CREDITS: Family = {
  name: 'credits',
  samples: [
    credits('nothing used yet', { own: unlimited }),
    credits('viewer', { own: unlimited, role: 'viewer' }),
    credits('with a client', { client: client('Northwind Coffee'), helperIds: [OLIVIA] }),
    credits('client of a long name', { client: client(LONG_NAME) }),
    credits('right to left', { client: client(RTL_NAME) }),
    credits('in several windows, some held', {
      own: part({
        standings: [
          standing({ window: 'day', limitCredits: 20, usedCredits: 12, heldCredits: 8 }),
          standing({ grantsCredits: 50 }),
          standing({ window: 'total', limitCredits: 0, usedCredits: 0, resetsAt: null }),
        ],
      }),
    }),
    credits('over the limit', { own: part({ standings: [standing({ limitCredits: 100, usedCredits: 130 })] }) }),
    credits('channel of nobody yet', { channelId: 'C0SUMMER' }),
    credits('channel of no client', { boundToNone: true }),
    credits('owner', {
      role: 'owner',
      client: client('Northwind Coffee'),
      agency: part({ account: 'agency', standings: [standing({ account: 'agency', limitCredits: 2_000 })] }),
      clients: [client('Northwind Coffee'), { ...client('Atlas Outdoor', { account: 'client:a' }) }],
    }),
    credits('owner of a hundred clients', {
      role: 'owner',
      agency: hugePart('agency'),
      clients: hundredClients(),
      channelId: null,
    }),
    credits('owner, where outsiders read along', {
      audience: 'shared',
      role: 'owner',
      client: client('Northwind Coffee'),
      agency: part({ account: 'agency' }),
    }),
    credits('alone beside outsiders', {
      audience: 'alone',
      client: client('Northwind Coffee', {
        standings: [standing({ limitCredits: 150, movedCredits: -50 })],
        less: { kind: 'above', account: 'agency', window: 'month', leftCredits: 3 },
      }),
      project: { ...part({ account: 'project:p' }), projectId: 'p', name: 'Winter launch', of: 'channel' },
      agency: part({ account: 'agency' }),
    }),
    credits('guest', {
      audience: 'shared',
      client: client('Northwind Coffee', { standings: [standing({ limitCredits: 150, movedCredits: -50 })] }),
    }),
    credits('closed, and less than is left', {
      client: client('Northwind Coffee', { less: { kind: 'closed', what: 'client' } }),
      own: part({ less: { kind: 'above', account: 'team:t', window: 'week', leftCredits: 12 } }),
    }),
    credits('huge numbers', { own: hugePart(`member:${ANA}`), client: { ...hugePart('client:c'), name: `${HUGE}` } }),
    { name: 'help', kind: 'note', draw: () => creditsHelp() },
    { name: 'help, more', kind: 'note', draw: () => creditsHelpMore({ helperIds: [OLIVIA, MARCUS] }) },
    ...['people --by model', 'report --verbose', 'Northwind --csv', '--n 4', '--what'].map(
      (typed): Sample => ({
        name: `option, ${typed}`,
        kind: 'note',
        draw: () => refusedOption(optionsTyped(typed)) ?? creditsHelp(),
      }),
    ),
    {
      name: 'a month that is a name',
      kind: 'note',
      draw: () => foundMessage({ kind: 'period_or_person', typed: 'may', memberIds: ['U0ANA', 'U0BEN'] }),
    },
    unknown('unknown word', 'transfer all'),
    unknown('unknown word, near a command', 'projcts'),
    unknown('unknown word, near a client', 'nortwind cofee'),
    account('a client by name', 'Northwind Coffee', false),
    account('a closed client by name, right to left', RTL_NAME, true),
  ],
};
