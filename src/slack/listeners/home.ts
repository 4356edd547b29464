import type {
  BlockAction,
  App as Bolt,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
} from '@slack/bolt';
import type { Deps } from '../deps.ts';
import { ACTIONS, EVENTS } from '../ids.ts';
import { readHint } from '../surfaces/home-hints.ts';
import { createPublish } from './home-publish.ts';
import { undoInHome } from './home-undo.ts';
import { openImagineModal } from './imagine-modal.ts';
import { registerSetUp } from './set-up.ts';
import { hintIn } from './set-up-open.ts';
import type { SetUpDeps } from './set-up-save.ts';

type Click = Middleware<SlackActionMiddlewareArgs<BlockAction>>;

/** Home, and everything that is set up from it. */
export function registerHome(bolt: Bolt, deps: Deps): void {
  const withPublish: SetUpDeps = { ...deps, publish: createPublish(deps) };
  bolt.event(EVENTS.homeOpened, openHome(withPublish));
  bolt.action(ACTIONS.homeImagine, imagineFromHome(deps));
  bolt.action(ACTIONS.homePage, turnPage(withPublish));
  bolt.action(ACTIONS.homePageBack, turnPage(withPublish));
  bolt.action(ACTIONS.homeUndo, undoInHome(withPublish));
  registerSetUp(bolt, withPublish);
}

const openHome =
  ({ publish }: SetUpDeps): Middleware<SlackEventMiddlewareArgs<'app_home_opened'>> =>
  async ({ event, client }) => {
    if (event.tab === 'home') await publish(client, event.user);
  };

const turnPage =
  ({ publish }: SetUpDeps): Click =>
  async ({ ack, body, client, action }) => {
    await ack();
    await publish(client, body.user.id, { pages: readHint(hintIn(action)).pages });
  };

const imagineFromHome =
  (deps: Deps): Click =>
  async ({ ack, body, client }) => {
    await ack();
    const hearer = { memberId: body.user.id, channelId: null, threadTs: null, responseUrl: null };
    await openImagineModal(deps, client, body.trigger_id, hearer);
  };
