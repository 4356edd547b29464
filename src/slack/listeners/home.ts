import type { App as Bolt, Middleware, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { ACTIONS, EVENTS } from '../ids.ts';
import type { ClickListener, Routes } from '../routes.ts';
import { FIRST_PAGES, readFind, readHint } from '../surfaces/home-hints.ts';
import { registerAway } from './away.ts';
import { registerBudget } from './budget.ts';
import { registerCalendarPrices } from './calendar-prices.ts';
import { registerClock } from './clock.ts';
import { createPublish } from './home-publish.ts';
import { undoInHome } from './home-undo.ts';
import { openImagineModal } from './imagine-modal.ts';
import { registerLimits } from './limits.ts';
import { registerLimitsPerson } from './limits-person.ts';
import { registerPeople } from './people.ts';
import { registerPlaces } from './places.ts';
import { registerPolicy } from './policy.ts';
import { registerProjects } from './projects.ts';
import { registerRules } from './rules.ts';
import { registerSetUp } from './set-up.ts';
import { hintIn } from './set-up-open.ts';
import type { SetUpDeps } from './set-up-save.ts';
import { registerSpending } from './spending.ts';

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
  routes.click(ACTIONS.homeUndo, undoInHome(withPublish));
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
    await publish(client, body.user.id, { pages: readHint(hintIn(action)).pages });
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
    const hearer = { memberId: body.user.id, channelId: null, threadTs: null, responseUrl: null };
    await openImagineModal(deps, client, body.trigger_id, hearer);
  };
