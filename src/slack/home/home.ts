import type { ActionsBlock, KnownBlock, HomeView as View } from '@slack/types';
import type { CreditsView } from '../../app/home/credits-view.ts';
import type { HomeView, SetupView } from '../../app/messenger.ts';
import type { Audience } from '../../ports/ports.ts';
import { balanceLines } from '../../words/balances.ts';
import { credits, number } from '../../words/figures.ts';
import { awayBlocks } from '../approvals/home-away.ts';
import { clientsBlocks } from '../clients/home-clients.ts';
import { clockBlocks } from '../clock/clock-card.ts';
import { type HomeBanner, homeBannerBlocks } from '../kit/home-banner.ts';
import { FIRST_PAGES, type HomeLocation, type Tab, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, bold, button, context, divider, header, type Inline, richLines, title } from '../kit/parts.ts';
import { homeToShow } from '../kit/show-to-audience.ts';
import { limitsBlocks } from '../limits/home-limits.ts';
import { peopleBlocks } from '../people/home-people.ts';
import { stopBlocks } from '../spending-stop/stop-card.ts';
import { changesBlocks } from './home-changes.ts';
import { ownBlocks } from './home-own.ts';

export type HomeLook = {
  notices: readonly HomeBanner[];
  pages: HomeLocation;
  /** Without them where Slack has refused to draw one: a file may be gone, or of a kind it does not show. */
  pictures: boolean;
};

/** A person's Home: own credits and images, and below them what they may set up. */
export function home(known: HomeView, { notices, pages, pictures }: HomeLook): View {
  const view = homeToShow(known);
  const tab = pages.tab ?? 'overview';
  return {
    type: 'home',
    blocks: [
      ...notices.flatMap((notice) => homeBannerBlocks(notice, pages)),
      ...(view.clock ? [...clockBlocks(view.clock), divider] : []),
      ...(view.stop ? [...stopBlocks(view.stop), divider] : []),
      ...(view.setup ? [tabsBlock(TABS_DRAWN, tab)] : []),
      ...tabBlocks(view, tab, { pages, pictures }),
      ...(isLeftOut(view) ? [context(LEFT_OUT[view.credits.audience])] : []),
    ],
  };
}

/** For a person with a role who has become a guest since, or whose kind Slack cannot tell just now. */
const isLeftOut = ({ credits: { audience, role } }: HomeView) => audience !== 'internal' && LOOK_AFTER.has(role);
const LOOK_AFTER: ReadonlySet<string> = new Set(['owner', 'manager']);
const LEFT_OUT: Readonly<Record<Audience, string>> = {
  internal: '',
  shared: 'Settings are shown only to full members of this workspace.',
  unsure:
    'Settings are shown only to full members of this workspace. If you’re one, Slack didn’t confirm it just now. Reopen Home in a minute.',
};

const TABS_DRAWN: readonly Tab[] = ['overview', 'clients', 'people', 'limits', 'changes'];

/** The first tab is everybody's; the others are for those who set things up. */
function tabBlocks(view: HomeView, tab: Tab, look: { pages: HomeLocation; pictures: boolean }): KnownBlock[] {
  const { setup, credits: seen } = view;
  const overview = () => [
    ...ownBlocks(view, look),
    ...awayBlocks(view, look.pages),
    ...(setup ? setupBlocks(setup, { credits: seen, pages: look.pages }) : []),
  ];
  if (!setup) return overview();
  switch (tab) {
    case 'overview':
      return overview();
    case 'clients':
      return clientsBlocks(setup, { credits: seen, pages: look.pages });
    case 'people':
      return view.people ? peopleBlocks(view.people, look.pages) : overview();
    case 'limits':
      return view.limits ? limitsBlocks(view.limits, look.pages) : overview();
    case 'changes':
      return view.changes ? changesBlocks(view.changes, look.pages) : overview();
  }
}

function setupBlocks(setup: SetupView, look: { credits: CreditsView; pages: HomeLocation }): KnownBlock[] {
  return [
    divider,
    ...startBlocks(setup),
    header('Setup'),
    ...agencyBlocks(setup, look),
    ...clientsBlocks(setup, look),
    divider,
    peopleInShort(setup),
  ];
}

/** The people themselves have a tab; how many there are in all is for those who look after all of them. */
function peopleInShort({ membersCount }: SetupView): KnownBlock {
  const open = button('Open', {
    action: ACTIONS.homeTabPeople,
    value: writeMetadata({ ...FIRST_PAGES, tab: 'people' }),
    label: 'Open people',
  });
  return title(membersCount === null ? 'People' : `People · ${number(membersCount)}`, open);
}

/** Only for readers who may see the agency's figures. */
function agencyBlocks(
  setup: SetupView,
  { credits: { agency }, pages }: { credits: CreditsView; pages: HomeLocation },
): KnownBlock[] {
  if (!agency) return [];
  const { maySetLimits, slippedCredits } = setup;
  const edit = button('Edit', {
    action: ACTIONS.homeAgencyLimit,
    value: writeMetadata(pages),
    label: 'Edit the agency’s limit',
  });
  const lost = `${credits(slippedCredits)} went to images whose outcome is unknown. The agency paid; no client was charged.`;
  return [
    title('The agency', maySetLimits ? edit : undefined),
    richLines(...balanceLines(agency)),
    ...(slippedCredits > 0 ? [context(lost)] : []),
    divider,
  ];
}

/** Each tab's button has an id of its own, because Slack wants them to differ within a block. */
const TAB_ACTIONS: Readonly<Record<Tab, string>> = {
  overview: ACTIONS.homeTabOverview,
  clients: ACTIONS.homeTabClients,
  people: ACTIONS.homeTabPeople,
  limits: ACTIONS.homeTabLimits,
  changes: ACTIONS.homeTabChanges,
};

const WORDS: Readonly<Record<Tab, string>> = {
  overview: 'Overview',
  clients: 'Clients',
  people: 'People',
  limits: 'Limits and rules',
  changes: 'Changes',
};

/** What there is to look at, for those who set things up; each tab begins on its first page. */
function tabsBlock(tabs: readonly Tab[], present: Tab): ActionsBlock {
  return actions(
    ...tabs.map((tab) =>
      button(WORDS[tab], {
        action: TAB_ACTIONS[tab],
        value: writeMetadata({ clients: 0, members: 0, tab }),
        ...(tab === present ? { style: 'primary' as const } : {}),
      }),
    ),
  );
}

/** The first steps after an install, until all of them are done. */
function startBlocks({ clients, maySetLimits }: SetupView): KnownBlock[] {
  const [first] = clients;
  const steps = [
    { isDone: first !== undefined, words: 'Create a client' },
    {
      isDone: clients.some(({ limits }) => limits.length > 0),
      words: maySetLimits ? 'Set its budget' : 'Ask an owner to set its budget',
    },
    { isDone: clients.some(({ channelIds }) => channelIds.length > 0), words: 'Link its channel' },
  ];
  const next = steps.findIndex(({ isDone }) => !isDone);
  if (next === -1) return [];
  const rows = steps.map(({ isDone, words }, index): Inline[] => {
    const step = `${index + 1}  ${words}`;
    return isDone ? [`✓ ${step}`] : index === next ? ['➜ ', bold(step)] : [`○ ${step}`];
  });
  return [header('Start here'), richLines(...rows)];
}
