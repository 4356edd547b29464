import { bindChannelModal } from '../clients/bind-channel-form.ts';
import { createLatestChoices, type LatestChoices, redrawModal } from '../imagine/redraw-imagine-form.ts';
import { mayNotModal } from '../kit/error-modals.ts';
import { FIELDS } from '../kit/fields.ts';
import { readAdminFormMetadata } from '../kit/form-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { FORMS, openSetUpForm } from './set-up-open.ts';
import { readBindForm, readClientForm } from './set-up-read.ts';
import type { SetUpDeps } from './set-up-save.ts';
import { submitCreateClient, submitSetUpForm } from './set-up-submit.ts';
import { channelIn, fieldOf, withChoice } from './set-up-values.ts';

export { openCreateClientModal } from './set-up-open.ts';

/** Everything that Home's buttons open, and what becomes of it. */
export function registerSetUp(routes: Routes, deps: SetUpDeps): void {
  const opens = {
    [ACTIONS.homeCreateClient]: FORMS.createClient,
    [ACTIONS.homeClient]: FORMS.client,
    [ACTIONS.homeBindChannel]: FORMS.bindChannel,
  };
  for (const [action, form] of Object.entries(opens)) routes.click(action, openSetUpForm(deps, form));

  const reads = {
    [VIEWS.client]: readClientForm,
    [VIEWS.bindChannel]: readBindForm,
  };
  for (const [form, read] of Object.entries(reads)) routes.form(form, submitSetUpForm(deps, read));
  routes.form(VIEWS.createClient, submitCreateClient(deps));

  const choices = createLatestChoices();
  routes.click(ACTIONS.setUpChannel, chooseInForm(deps, choices));
}

/** Somebody says which channel a form is about: it is drawn anew with what stands now for it. */
const chooseInForm =
  (deps: Deps, choices: LatestChoices): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { view, user } = body;
    if (!view || !choices.note(view.id, action.action_ts)) return;
    const { setup } = await deps.app.showHome({ by: user.id });
    const form = withChoice(view, action);
    const channelId = channelIn(fieldOf(form, FIELDS.channel));
    const { pages } = readAdminFormMetadata(view.private_metadata);
    const drawn = setup ? bindChannelModal({ setup, pages, channelId }) : mayNotModal();
    const isLatest = () => choices.isLatest(view.id, action.action_ts);
    await redrawModal(client, { viewId: view.id, hash: view.hash, view: drawn, isLatest });
  };
