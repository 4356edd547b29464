import type { HomeView } from '../../app/messenger.ts';
import type { Audience } from '../../ports/ports.ts';
import { clientsBlocks } from '../clients/home-clients.ts';
import { clockBlocks } from '../clock/clock-card.ts';
import { type HomeBanner, homeBannerBlocks } from '../kit/home-banner.ts';
import type { HomeLocation, Tab } from '../kit/home-metadata.ts';
import type { MessageBlock } from '../kit/newer-blocks.ts';
import { context, divider } from '../kit/parts.ts';
import { homeToShow } from '../kit/show-to-audience.ts';
import { limitsBlocks } from '../limits/home-limits.ts';
import { peopleBlocks } from '../people/home-people.ts';
import { stopBlocks } from '../spending-stop/stop-card.ts';
import { changesBlocks } from './home-changes.ts';
import { overviewBlocks } from './home-overview.ts';
import { tabsBlock } from './home-tabs.ts';

/** As Slack takes it: with charts, which `@slack/types` does not know. */
export type DrawnHome = { type: 'home'; blocks: MessageBlock[] };

export type HomeLook = {
  notices: readonly HomeBanner[];
  pages: HomeLocation;
  /** Without them where Slack has refused to draw one: a file may be gone, or of a kind it does not show. */
  pictures: boolean;
};

/** A person's Home: how what they look after is doing, own credits and images, and what they may set up. */
export function home(known: HomeView, { notices, pages, pictures }: HomeLook): DrawnHome {
  const view = homeToShow(known);
  const tab = pages.tab ?? 'overview';
  return {
    type: 'home',
    blocks: [
      ...notices.flatMap((notice) => homeBannerBlocks(notice, pages)),
      ...(view.clock ? [...clockBlocks(view.clock), divider] : []),
      ...(view.stop ? [...stopBlocks(view.stop), divider] : []),
      ...(view.setup ? [tabsBlock(tab)] : []),
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
  alone: '',
  shared: 'Settings are shown only to full members of this workspace.',
  unsure:
    'Settings are shown only to full members of this workspace. If you’re one, Slack didn’t confirm it just now. Reopen Home in a minute.',
};

/** The first tab is everybody's; the others are for those who set things up. */
function tabBlocks(view: HomeView, tab: Tab, look: { pages: HomeLocation; pictures: boolean }): MessageBlock[] {
  const { setup, credits: seen } = view;
  const overview = () => overviewBlocks(view, { ...look, hasPrimary: view.clock !== null || view.stop !== null });
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
