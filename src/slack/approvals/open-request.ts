import type { WebClient } from '@slack/web-api';
import type { RequestForm } from '../../app/approvals/cards.ts';
import type { OpenedFor } from '../../app/approvals/open-request.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Closing } from '../kit/form/closing.ts';
import type { Clicked, Show } from '../kit/form/form.ts';
import { refusalContext, saidBanner } from '../kit/form/home-answer.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { requesterOf, type Sender, senderOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import { type RequestHint, readRequestHint } from './request-metadata.ts';

/** Reads who clicked on which request. Tells the person and returns null where the button is not ours. */
export async function clickedRequest({ tell }: Deps, { body, value }: Pick<Clicked, 'body' | 'value'>) {
  const [sender, hint] = [senderOf(body), readRequestHint(value)];
  if (hint) return { sender, hint };
  await tell(sender, outOfDate());
  return null;
}

type Opened = { form: RequestForm; readerId: string; channelId: string | null };

/** Opens a form to decide about a request, with current values. */
export const showRequest =
  (action: OpenedFor, build: (opened: Opened) => Awaited<ReturnType<Show>>): Show =>
  async (deps, clicked) => {
    const about = await clickedRequest(deps, clicked);
    if (!about) return null;
    const { sender, hint } = about;
    const form = await deps.app.openRequest({ requester: requesterOf(sender), requestId: hint.requestId, action });
    return form && build({ form, readerId: sender.memberId, channelId: sender.channelId });
  };

/** A form that was opened from a card is answered there; one from Home, which has no channel, in Home. */
export const senderAt = (memberId: string, channelId: string | null): Sender => ({
  memberId,
  channelId,
  threadTs: null,
  responseUrl: null,
});

type Sent = {
  by: string;
  about: RequestHint & { channelId: string | null };
  client: WebClient;
  deliveryId: string;
  closing: Closing;
};

/** The decision of a form that was sent. It closes once that is written, before its images are made. */
export const decisionOf = (deps: Deps, { by, about, client, deliveryId, closing }: Sent) => ({
  deliveryId,
  requester: requesterOf(senderAt(by, about.channelId)),
  requestId: about.requestId,
  keeps: keepsIn(deps, { by, closing }),
  shown: async (isDone: boolean) => {
    await closing.close();
    if (about.channelId === null) await homeShown(deps, { client, by })(isDone);
  },
});

/** What the form cannot mend is told where requests are told: the request has ended, or other limits are in its way. */
export const keepsIn =
  (deps: Deps, { by, closing }: Pick<Sent, 'by' | 'closing'>) =>
  async (refusal: Refusal): Promise<boolean> => {
    if (refusal.reason === 'request_ended' || refusal.reason === 'other_limits') return false;
    const { setup } = await deps.app.showHome({ by });
    return await closing.keep([refusal], refusalContext(setup, by));
  };

/** Draws Home again once a decision that was made there is written, and before its images are made. */
export const homeShown =
  ({ publish }: Deps, { client, by }: { client: WebClient; by: string }) =>
  (isDone: boolean) =>
    publish(client, by, isDone ? {} : { notices: [saidBanner(NOT_DONE)] });

const NOT_DONE = 'That wasn’t done. Inkwell sent you the reason in a direct message.';
