import type { App as Bolt, Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import { registerUndo } from '../admin-forms/home-undo.ts';
import { registerPlaces } from '../clients/places-listeners.ts';
import { registerClock } from '../clock/clock-listeners.ts';
import { FORMS } from '../forms.ts';
import { foundIn } from '../kit/find-field.ts';
import { valueIn } from '../kit/form/form.ts';
import { FIRST_PAGES, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, EVENTS } from '../kit/ids.ts';
import { registerPeople } from '../people/people-listeners.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
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
  routes.click(ACTIONS.limitsFind, findLimits(deps));
  registerUndo(routes, deps);
  registerPlaces(routes, deps);
  registerPeople(routes, deps);
  for (const form of Object.values(FORMS)) form.register(routes, deps);
  registerSpending(routes, deps);
  registerClock(routes, deps);
}

const openHome =
  ({ publish }: Deps): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, client }) => {
    if (event.tab === 'home') await publish(client, event.user);
  };

const turnPage =
  ({ publish }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: readMetadata(valueIn(action)).pages });
  };

const findLimits =
  ({ publish }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: { ...FIRST_PAGES, tab: 'limits', find: foundIn(action) } });
  };
