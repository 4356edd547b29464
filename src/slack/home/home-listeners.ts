import type { App as Bolt, Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import { registerUndo } from '../admin-forms/home-undo.ts';
import { registerPlaces } from '../clients/places-listeners.ts';
import { registerClock } from '../clock/clock-listeners.ts';
import { FORMS } from '../forms.ts';
import { foundIn } from '../kit/find-field.ts';
import { clicks } from '../kit/form/form.ts';
import { FIRST_PAGES, withoutUndefined } from '../kit/home-metadata.ts';
import { ACTIONS, EVENTS } from '../kit/ids.ts';
import { filterOfBlock } from '../people/home-people.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { registerSpending } from '../spending-stop/spending-listeners.ts';

/** Home, and everything that is set up from it. */
export function registerHome(bolt: Bolt, routes: Routes, deps: Deps): void {
  bolt.event(EVENTS.homeOpened, openHome(deps));
  routes.click(ACTIONS.homePage, turnPage(deps));
  routes.click(ACTIONS.homePageBack, turnPage(deps));
  routes.click(ACTIONS.homeTabOverview, turnPage(deps));
  routes.click(ACTIONS.homeTabClients, turnPage(deps));
  routes.click(ACTIONS.homeTabPeople, turnPage(deps));
  routes.click(ACTIONS.homeTabLimits, turnPage(deps));
  routes.click(ACTIONS.homeTabChanges, turnPage(deps));
  routes.click(ACTIONS.homeProjects, turnPage(deps));
  routes.click(ACTIONS.homeAllClients, turnPage(deps));
  routes.click(ACTIONS.limitsPage, turnPage(deps));
  routes.click(ACTIONS.limitsPageBack, turnPage(deps));
  routes.click(ACTIONS.peopleFilter, turnPage(deps));
  routes.click(ACTIONS.limitsFind, findLimits(deps));
  routes.click(ACTIONS.peopleFind, findPeople(deps));
  registerUndo(routes, deps);
  registerPlaces(routes, deps);
  for (const form of Object.values(FORMS)) form.register(routes, deps);
  registerSpending(routes, deps);
  registerClock(routes, deps);
}

const openHome =
  ({ publish }: Deps): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, client }) => {
    if (event.tab === 'home') await publish(client, event.user);
  };

const turnPage = ({ publish }: Deps) => clicks(({ client, by, pages }) => publish(client, by, { pages }));

const findLimits = ({ publish }: Deps) =>
  clicks(({ client, by, action }) =>
    publish(client, by, { pages: { ...FIRST_PAGES, tab: 'limits', find: foundIn(action) } }),
  );

/** A search among people keeps the filter that was shown beside it. */
const findPeople = ({ publish }: Deps) =>
  clicks(({ client, by, action }) => {
    const filter = PEOPLE_FILTERS.find((each) => each === filterOfBlock(action.block_id));
    const look = { tab: 'people', filter, find: foundIn(action), open: undefined } as const;
    return publish(client, by, { pages: withoutUndefined({ ...FIRST_PAGES, ...look }) });
  });
