import type { RequestForm } from '../../app/approvals/cards.ts';
import type { OpenedFor } from '../../app/approvals/open-request.ts';
import type { Clicked, Show } from '../kit/form/form.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { requesterOf } from '../kit/sender.ts';
import type { Deps } from '../platform/deps.ts';
import { type RequestHint, readRequestHint } from './request-metadata.ts';

type Reader = ReturnType<typeof requesterOf>;

/** Reads who clicked on which request. Tells the person and returns null where the button is not ours. */
export async function clickedRequest({ tell }: Deps, { body, value }: Pick<Clicked, 'body' | 'value'>) {
  const [reader, hint] = [requesterOf(body), readRequestHint(value)];
  if (hint) return { reader, hint };
  await tell(reader, outOfDate());
  return null;
}

type Opened = { form: RequestForm; readerId: string; channelId: string | null };

/** Opens a form to decide about a request, with current values. */
export const showRequest =
  (action: OpenedFor, build: (opened: Opened) => Awaited<ReturnType<Show>>): Show =>
  async (deps, clicked) => {
    const about = await clickedRequest(deps, clicked);
    if (!about) return null;
    const { reader, hint } = about;
    const form = await deps.app.openRequest({ reader, requestId: hint.requestId, action });
    return form && build({ form, readerId: reader.memberId, channelId: reader.channelId });
  };

/** Answers a form where its card is. */
export const readerAt = (memberId: string, channelId: string | null): Reader => ({
  memberId,
  channelId: channelId ?? memberId,
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
  reader: readerAt(by, about.channelId),
  requestId: about.requestId,
});
