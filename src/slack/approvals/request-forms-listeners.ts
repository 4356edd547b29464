import { VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { FormListener, Routes } from '../platform/routes.ts';
import { type FieldsRead, type Form, readRaise, readReason, readUntil } from './read-request-form.ts';
import { type RequestFormHint, readRequestFormHint } from './request-form-metadata.ts';

/** The forms in which somebody decides about a request. */
export function registerRequestForms(routes: Routes, { app }: Deps): void {
  routes.form(
    VIEWS.requestUntil,
    submit(readUntil, ({ amountCredits, untilDate }, { seen, ...decision }) =>
      app.approveRequest({ ...decision, seen, how: { kind: 'until', amountCredits, untilDate } }),
    ),
  );
  routes.form(
    VIEWS.requestRaise,
    submit(readRaise, (limits, { seen, ...decision }) =>
      app.approveRequest({ ...decision, seen, how: { kind: 'raise', limits } }),
    ),
  );
  routes.form(
    VIEWS.requestDeny,
    submit(readReason, (reason, { seen: _, ...decision }) => app.denyRequest({ ...decision, reason })),
  );
}

type Decided = {
  deliveryId: string;
  reader: { memberId: string; channelId: string; threadTs: null; responseUrl: null };
  requestId: string;
  seen: RequestFormHint['seen'];
};

/** What is wrong in a field is said beside it; what the ledger says, where the card is. */
const submit =
  <T>(
    read: (form: Form, hint: RequestFormHint) => FieldsRead<T>,
    use: (value: T, decision: Decided) => Promise<void>,
  ): FormListener =>
  async ({ ack, body, view }) => {
    const hint = readRequestFormHint(view.private_metadata);
    if (!hint) return await ack(outOfDateAnswer(view));
    const fields = read(view, hint);
    if (!fields.ok) return await ack({ response_action: 'errors', errors: fields.errors });
    await ack();
    const memberId = body.user.id;
    const { requestId, seen, channelId } = hint;
    const reader = { memberId, channelId: channelId ?? memberId, threadTs: null, responseUrl: null };
    await use(fields.value, { deliveryId: deliveryId(body), reader, requestId, seen });
  };
