import type { App as Bolt, Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import { registerUndo } from '../admin-forms/home-undo.ts';
import { registerSetUp } from '../admin-forms/set-up-listeners.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import type { SetUpDeps } from '../admin-forms/set-up-save.ts';
import { registerAway } from '../approvals/away-listeners.ts';
import { registerPlaces } from '../clients/places-listeners.ts';
import { registerProjects } from '../clients/projects-listeners.ts';
import { registerClock } from '../clock/clock-listeners.ts';
import { openImagineModal } from '../imagine/imagine-form-listeners.ts';
import { FIRST_PAGES, readFind, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, EVENTS } from '../kit/ids.ts';
import { registerBudget } from '../limits/budget-listeners.ts';
import { registerCalendarPrices } from '../limits/calendar-prices-listeners.ts';
import { registerLimits } from '../limits/limits-listeners.ts';
import { registerLimitsPerson } from '../limits/limits-person-listeners.ts';
import { registerPolicy } from '../limits/policy-listeners.ts';
import { registerRules } from '../limits/rules-listeners.ts';
import { registerPeople } from '../people/people-listeners.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { registerSpending } from '../spending-stop/spending-listeners.ts';
import { createPublish } from './publish-home.ts';

/** Home, and everything that is set up from it. */
export function registerHome(bolt: Bolt, routes: Routes, deps: Deps): void {
  const withPublish: SetUpDeps = { ...deps, publish: createPublish(deps) };
  bolt.event(EVENTS.homeOpened, openHome(withPublish));
  routes.click(ACTIONS.homeImagine, imagineFromHome(deps));
  routes.click(ACTIONS.homePage, turnPage(withPublish));
  routes.click(ACTIONS.homePageBack, turnPage(withPublish));
  routes.click(ACTIONS.homeTabOverview, turnPage(withPublish));
  routes.click(ACTIONS.homeTabClients, turnPage(withPublish));
  routes.click(ACTIONS.homeTabPeople, turnPage(withPublish));
  routes.click(ACTIONS.homeTabLimits, turnPage(withPublish));
  routes.click(ACTIONS.homeTabChanges, turnPage(withPublish));
  routes.click(ACTIONS.limitsPage, turnPage(withPublish));
  routes.click(ACTIONS.limitsPageBack, turnPage(withPublish));
  routes.click(ACTIONS.limitsFind, findLimits(withPublish));
  routes.click(ACTIONS.homeProjects, turnPage(withPublish));
  routes.click(ACTIONS.homeAllClients, turnPage(withPublish));
  registerSetUp(routes, withPublish);
  registerAway(routes, withPublish);
  registerProjects(routes, withPublish);
  registerPlaces(routes, withPublish);
  registerPeople(routes, withPublish);
  registerLimits(routes, withPublish);
  registerLimitsPerson(routes, withPublish);
  registerBudget(routes, withPublish);
  registerRules(routes, withPublish);
  registerPolicy(routes, withPublish);
  registerCalendarPrices(routes, withPublish);
  registerSpending(routes, withPublish);
  registerClock(routes, withPublish);
  registerUndo(routes, withPublish);
}

const openHome =
  ({ publish }: SetUpDeps): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, client }) => {
    if (event.tab === 'home') await publish(client, event.user);
  };

const turnPage =
  ({ publish }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: readMetadata(hintIn(action)).pages });
  };

const findLimits =
  ({ publish }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const typed = action.type === 'plain_text_input' ? action.value : '';
    await publish(client, body.user.id, { pages: { ...FIRST_PAGES, tab: 'limits', find: readFind(typed) } });
  };

const imagineFromHome =
  (deps: Deps): ClickListener =>
  async ({ ack, body, client }) => {
    await ack();
    const replyTo = { memberId: body.user.id, channelId: null, threadTs: null, responseUrl: null };
    await openImagineModal(deps, client, body.trigger_id, replyTo);
  };
