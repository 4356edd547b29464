import type { Overview } from '../../app/home/overview-view.ts';
import type { HomeView, SetupView } from '../../app/messenger.ts';
import { balanceInShort } from '../../words/balances.ts';
import { describeRow } from '../../words/describe-change.ts';
import { number } from '../../words/figures.ts';
import { alertsBlocks } from '../alerts/home-alerts.ts';
import { awayBlocks } from '../approvals/home-away.ts';
import { decideBlocks, ownRequestsBlocks } from '../approvals/home-requests.ts';
import { actor } from '../kit/actor.ts';
import { FIRST_PAGES, type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import type { MessageBlock } from '../kit/newer-blocks.ts';
import { actions, button, dateToken, divider, type Inline, person, richLines, title } from '../kit/parts.ts';
import { monthBlocks } from './home-month.ts';
import { latestBlocks, ownBlocks, tipsBlocks } from './home-own.ts';
import { paceBlocks } from './home-pace.ts';
import { startBlocks } from './home-start.ts';

type Look = { pages: HomeLocation; pictures: boolean; hasPrimary: boolean };

/**
 * Draws the first tab: how the agency or a manager’s clients are doing, and what is the reader’s own.
 * One button is primary: the first of what can be done next.
 */
export function overviewBlocks(view: HomeView, { hasPrimary, ...look }: Look): MessageBlock[] {
  const { setup, overview, toDecide, memberId, own } = view;
  const start = setup ? startBlocks(setup, look.pages) : null;
  const decides = toDecide !== null && toDecide.rows.length > 0;
  const ownLook = { ...look, isPrimary: !hasPrimary && !start && !decides };
  const requests = toDecide ? decideBlocks(toDecide, { readerId: memberId, isPrimary: !hasPrimary && !start }) : [];
  return [
    ...(start ?? []),
    ...(setup && overview ? monthBlocks(overview, { setup, credits: view.credits, pages: look.pages }) : []),
    ...requests,
    ...(setup && overview ? agencyBlocks(overview, { view, setup, pages: look.pages }) : []),
    ...ownBlocks(view, ownLook),
    ...ownRequestsBlocks(own.requests),
    ...tipsBlocks(view),
    ...(setup ? [] : awayBlocks(view, look.pages)),
    ...latestBlocks(view, ownLook),
  ];
}

function agencyBlocks(
  overview: Overview,
  { view, setup, pages }: { view: HomeView; setup: SetupView; pages: HomeLocation },
): MessageBlock[] {
  return [
    ...alertsBlocks(overview.alerts),
    ...paceBlocks(overview, setup, pages),
    ...peopleInShort(overview.people),
    ...changesInShort(overview.changes),
    ...(setup.agency || overview.people.count === 0 ? settingsBlocks(setup, pages) : []),
    ...awayBlocks(view, pages),
    divider,
  ];
}

function peopleInShort({ rows, count }: Overview['people']): MessageBlock[] {
  if (count === 0) return [];
  const lines = rows.map((row): Inline[] => [person(row.memberId), `  ${balanceInShort(row)}`]);
  const all = button('All people', {
    action: ACTIONS.homeTabPeople,
    value: writeMetadata({ ...FIRST_PAGES, tab: 'people' }),
  });
  return [title(`Your people · ${number(count)}`, all), richLines(...lines)];
}

function changesInShort({ rows, names }: Overview['changes']): MessageBlock[] {
  if (rows.length === 0) return [];
  const lines = rows.map((row): Inline[] => [
    ...describeRow(row, names),
    '. ',
    actor(row.by, 'Start'),
    ', ',
    dateToken(row.at),
  ]);
  const all = button('All changes', {
    action: ACTIONS.homeTabChanges,
    value: writeMetadata({ ...FIRST_PAGES, tab: 'changes' }),
  });
  return [title('Recent changes', all), richLines(...lines)];
}

/** The people themselves have a tab; how many there are in all is for those who look after all of them. */
function settingsBlocks({ membersCount, agency }: SetupView, pages: HomeLocation): MessageBlock[] {
  const people = button(membersCount === null ? 'People' : `People · ${number(membersCount)}`, {
    action: ACTIONS.homeTabPeople,
    value: writeMetadata({ ...FIRST_PAGES, tab: 'people' }),
    label: 'Open people',
  });
  const value = writeMetadata(pages);
  const run = agency
    ? [
        button('Agency settings…', { action: ACTIONS.policyOpen, value }),
        button('Calendar and prices…', { action: ACTIONS.calendarPricesOpen, value }),
        button('Weekly digest…', { action: ACTIONS.digestOpen, value }),
      ]
    : [];
  return [title('Setup'), actions(people, ...run)];
}
