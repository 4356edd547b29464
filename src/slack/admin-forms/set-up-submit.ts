import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SavedChanges, Saving } from '../../app/changes/save-changes.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { type AdminFormMetadata, readAdminFormMetadata } from '../kit/form-metadata.ts';
import { VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { FormListener } from '../platform/routes.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { type FieldsRead, type Form, type FormRead, readFields } from './set-up-read.ts';
import { type SetUpDeps, showOutcome } from './set-up-save.ts';

/** Reads the form, closes it, makes the changes, and shows in Home what came of them. */
export const submitSetUpForm =
  (deps: SetUpDeps, read: (form: Form, hint: AdminFormMetadata) => FormRead): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readAdminFormMetadata(view.private_metadata);
    if (view.callback_id === VIEWS.client && hint.clientId === null) {
      return await ack(outOfDateAnswer(view));
    }
    const form = read(view, hint);
    if (!form.ok) return await ack({ response_action: 'errors', errors: form.errors });
    await ack();
    const by = body.user.id;
    const outcome = await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes: form.changes });
    await showOutcome(deps, client, { by, pages: hint.pages, ...outcome });
  };

/** The client first, because budget and channel need its id; where it is refused, so is everything else. */
export const submitCreateClient =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readAdminFormMetadata(view.private_metadata);
    const form = readFields(view, { name: true });
    if (!form.ok) return await ack({ response_action: 'errors', errors: form.errors });
    await ack();
    const isOfCard = hint.from === 'card' && form.channelId === hint.channelId;
    const who = { by: body.user.id, deliveryId: deliveryId(body), ifUnbound: isOfCard };
    const outcome = await createAndSave(deps, form, who);
    if (hint.from === 'card') await tellOfRefusals(deps, { by: who.by, refusals: outcome.refusals });
    await showOutcome(deps, client, { by: who.by, pages: hint.pages, ...outcome });
  };

async function createAndSave(
  deps: SetUpDeps,
  form: FieldsRead & { ok: true },
  { ifUnbound = false, ...who }: Omit<Saving, 'changes'>,
): Promise<SavedChanges> {
  const { name, limits, channelId } = form;
  const created = await deps.app.createClient({ ...who, name });
  if (!created.ok) return { saved: [], refusals: [created.refusal] };
  const { clientId = '' } = created;
  const more: SetUpChange[] = [
    ...(limits.month == null
      ? []
      : [
          {
            kind: 'limit' as const,
            account: clientAccount(clientId),
            window: 'month' as const,
            before: null,
            after: limits.month,
          },
        ]),
    ...(channelId === null ? [] : [{ kind: 'channel' as const, channelId, before: null, after: clientId }]),
  ];
  const outcome = await deps.app.saveChanges({ ...who, ifUnbound, changes: more });
  return {
    ...outcome,
    saved: [{ change: { kind: 'name', clientId, before: '', after: name }, mayUndo: false }, ...outcome.saved],
  };
}

/** Whoever answered a card has no Home in front of them. */
async function tellOfRefusals(deps: SetUpDeps, { by, refusals }: { by: string; refusals: readonly Refusal[] }) {
  for (const refusal of refusals) {
    const audience = await deps.channels.audience(null, by);
    const message = refusalMessage(refusal, { readerId: by, audience, clientName: null, helpers: [] });
    await deps.tell({ memberId: by, channelId: null, threadTs: null, responseUrl: null }, message);
  }
}
