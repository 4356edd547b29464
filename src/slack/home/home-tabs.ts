import type { ActionsBlock } from '@slack/types';
import { type Tab, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button } from '../kit/parts.ts';

const TABS_DRAWN: readonly Tab[] = ['overview', 'clients', 'people', 'limits', 'changes'];

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

/**
 * What there is to look at, for those who set things up; each tab begins on its first page. The one in front has a dot, because
 * a primary button is the one thing to do next.
 */
export function tabsBlock(present: Tab): ActionsBlock {
  return actions(
    ...TABS_DRAWN.map((tab) =>
      button(tab === present ? `• ${WORDS[tab]}` : WORDS[tab], {
        action: TAB_ACTIONS[tab],
        value: writeMetadata({ clients: 0, members: 0, tab }),
        ...(tab === present ? { label: `${WORDS[tab]}, shown now` } : {}),
      }),
    ),
  );
}
