import type { BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { RequestForm } from '../../app/approvals/cards.ts';
import type { OpenedFor } from '../../app/approvals/open-request.ts';
import { ACTIONS } from '../kit/ids.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { requesterOf } from '../kit/sender.ts';
import { createClicks, deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { approveUntilModal, denyModal, raiseLimitModal } from './request-form.ts';
import { registerRequestForms } from './request-forms-listeners.ts';
import { type RequestHint, readRequestHint } from './request-metadata.ts';
import { registerRequestMove } from './request-move-listeners.ts';

/** The cards of requests that need an approval: every click is decided by the ledger, and answered. */
export function registerRequests(routes: Routes, deps: Deps): void {
  const { app } = deps;
  const decided = decide(deps, deliveryId);
  const clicks = createClicks();
  const decidedOnce = decide(deps, (body, hint) => clicks.count(body, JSON.stringify(hint)).deliveryId);
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
  routes.click(ACTIONS.requestUntil, openForm(deps, { action: 'approve_until', build: approveUntilModal }));
  routes.click(ACTIONS.requestRaise, openForm(deps, { action: 'approve', build: raiseLimitModal }));
  routes.click(ACTIONS.requestDeny, openForm(deps, { action: 'deny', build: denyModal }));
  // Slack opens the channel by itself.
  routes.click(ACTIONS.requestOpen, async ({ ack }) => await ack());
  registerRequestForms(routes, deps);
  registerRequestMove(routes, deps);
}

const clicked = z.object({ value: z.string() });
const hintOf = (action: unknown): RequestHint | null => readRequestHint(clicked.safeParse(action).data?.value);

type Clicked = { deliveryId: string; reader: ReturnType<typeof requesterOf>; requestId: string };

/** Each click is a decision of its own: what the first has ended, the second is told. Tips of the owners are sent once. */
const decide =
  (deps: Deps, idOf: (body: BlockAction, hint: RequestHint) => string) =>
  (use: (hint: RequestHint, decision: Clicked) => Promise<void>): ClickListener =>
  async ({ ack, body, action }) => {
    await ack();
    const [reader, hint] = [requesterOf(body), hintOf(action)];
    if (!hint) return void (await deps.tell(reader, outOfDate()));
    await use(hint, { deliveryId: idOf(body, hint), reader, requestId: hint.requestId });
  };

type Opening = {
  action: OpenedFor;
  build: (opened: { form: RequestForm; readerId: string; channelId: string | null }) => ModalView;
};

const openForm =
  (deps: Deps, { action: what, build }: Opening): ClickListener =>
  async ({ ack, body, action, client }) => {
    await ack();
    const { app, tell, clock } = deps;
    const [reader, hint] = [requesterOf(body), hintOf(action)];
    if (!hint) return void (await tell(reader, outOfDate()));
    const { memberId: readerId, channelId } = reader;
    const ready = app
      .openRequest({ reader, requestId: hint.requestId, action: what })
      .then((form) => form && build({ form, readerId, channelId }));
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };
