import type { BlockAction } from '@slack/bolt';
import type { Requester } from '../../app/requester.ts';
import { clicks } from '../kit/form/form.ts';
import { isInHome } from '../kit/form/home-answer.ts';
import { ACTIONS } from '../kit/ids.ts';
import { requesterOf } from '../kit/sender.ts';
import { createClicks, deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { Routes } from '../platform/routes.ts';
import { clickedRequest, homeShown } from './open-request.ts';
import type { RequestHint } from './request-metadata.ts';

/** The cards of requests that need an approval, and their rows in Home: every click is decided by the ledger, and answered. */
export function registerRequests(routes: Routes, deps: Deps): void {
  const { app } = deps;
  const decided = decide(deps, deliveryId);
  const counted = createClicks();
  const decidedOnce = decide(deps, (body, hint) => counted.count(body, JSON.stringify(hint)).deliveryId);
  routes.click(
    ACTIONS.requestApprove,
    decided(({ seen }, decision) => app.approveRequest({ ...decision, seen, how: { kind: 'once' } })),
  );
  routes.click(
    ACTIONS.requestWithdraw,
    decided((_, decision) => app.withdrawRequest(decision)),
  );
  routes.click(
    ACTIONS.requestCoach,
    decidedOnce((_, decision) => app.coachRequester(decision)),
  );
  // Slack opens the channel by itself.
  routes.click(ACTIONS.requestOpen, async ({ ack }) => await ack());
}

type Decision = {
  deliveryId: string;
  requester: Requester;
  requestId: string;
  shown?: (isDone: boolean) => Promise<void>;
};

/** Each click is a decision of its own: what the first has ended, the second is told. Tips of the owners are sent once. */
const decide =
  (deps: Deps, idOf: (body: BlockAction, hint: RequestHint) => string) =>
  (use: (hint: RequestHint, decision: Decision) => Promise<void>) =>
    clicks(async (clicked) => {
      const about = await clickedRequest(deps, clicked);
      if (!about) return;
      const { sender, hint } = about;
      const deliveryId = idOf(clicked.body, hint);
      const shown = isInHome(clicked.body) ? { shown: homeShown(deps, clicked) } : {};
      await use(hint, { deliveryId, requester: requesterOf(sender), requestId: hint.requestId, ...shown });
    });
