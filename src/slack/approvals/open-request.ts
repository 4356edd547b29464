import type { RequestForm } from '../../app/approvals/cards.ts';
import type { OpenedFor } from '../../app/approvals/open-request.ts';
import type { Clicked, Show } from '../kit/form/form.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { inChannelOf, requesterOf, type Sender } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import { type RequestHint, readRequestHint } from './request-metadata.ts';

/** Reads who clicked on which request. Tells the person and returns null where the button is not ours. */
export async function clickedRequest({ tell }: Deps, { body, value }: Pick<Clicked, 'body' | 'value'>) {
  const [sender, hint] = [inChannelOf(body), readRequestHint(value)];
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

/** Answers a form where its card is. */
export const senderAt = (memberId: string, channelId: string | null): Sender => ({
  memberId,
  channelId,
  threadTs: null,
  responseUrl: null,
});

/** The decision of a form that was sent. */
export const decisionOf = ({
  by,
  about,
  deliveryId,
}: {
  by: string;
  about: RequestHint & { channelId: string | null };
  deliveryId: string;
}) => ({
  deliveryId,
  requester: requesterOf(senderAt(by, about.channelId)),
  requestId: about.requestId,
});
