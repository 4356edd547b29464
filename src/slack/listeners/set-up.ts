import type { ModalView } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import type { Deps } from '../deps.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import type { ClickListener, Routes } from '../routes.ts';
import type { Pages } from '../surfaces/home-hints.ts';
import { bindChannelModal } from '../surfaces/modals/bind-channel.ts';
import { FIELDS } from '../surfaces/modals/fields.ts';
import { readSetUpHint } from '../surfaces/modals/hints.ts';
import { memberLimitModal } from '../surfaces/modals/member-limit.ts';
import { mayNotModal } from '../surfaces/modals/sorry.ts';
import { createLatestChoices, type LatestChoices, redrawModal } from './imagine-modal-redraw.ts';
import { FORMS, openSetUpForm } from './set-up-open.ts';
import { readAgencyForm, readBindForm, readClientForm, readMemberLimitForm } from './set-up-read.ts';
import type { SetUpDeps } from './set-up-save.ts';
import { submitCreateClient, submitSetUpForm } from './set-up-submit.ts';
import { channelIn, fieldOf, userIn, withChoice } from './set-up-values.ts';

export { openCreateClientModal } from './set-up-open.ts';

/** Everything that Home's buttons open, and what becomes of it. */
export function registerSetUp(routes: Routes, deps: SetUpDeps): void {
  const opens = {
    [ACTIONS.homeCreateClient]: FORMS.createClient,
    [ACTIONS.homeClient]: FORMS.client,
    [ACTIONS.homeBindChannel]: FORMS.bindChannel,
    [ACTIONS.homeAgencyLimit]: FORMS.agencyLimit,
    [ACTIONS.homeMemberLimit]: FORMS.memberLimit,
  };
  for (const [action, form] of Object.entries(opens)) routes.click(action, openSetUpForm(deps, form));

  const reads = {
    [VIEWS.client]: readClientForm,
    [VIEWS.agencyLimit]: readAgencyForm,
    [VIEWS.memberLimit]: readMemberLimitForm,
    [VIEWS.bindChannel]: readBindForm,
  };
  for (const [form, read] of Object.entries(reads)) routes.form(form, submitSetUpForm(deps, read));
  routes.form(VIEWS.createClient, submitCreateClient(deps));

  const choices = createLatestChoices();
  routes.click(ACTIONS.setUpMember, chooseInForm(deps, choices));
  routes.click(ACTIONS.setUpChannel, chooseInForm(deps, choices));
}

/** Somebody says whom a form is about: it is drawn anew with what stands now for them. */
const chooseInForm =
  (deps: Deps, choices: LatestChoices): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { view, user } = body;
    if (!view || !choices.note(view.id, action.action_ts)) return;
    const { setup } = await deps.app.showHome({ by: user.id });
    const form = withChoice(view, action);
    const chosen = {
      memberId: userIn(fieldOf(form, FIELDS.member)),
      channelId: channelIn(fieldOf(form, FIELDS.channel)),
    };
    const { pages } = readSetUpHint(view.private_metadata);
    const drawn = setup ? formAbout(view.callback_id, { setup, pages, ...chosen }) : mayNotModal();
    const isLatest = () => choices.isLatest(view.id, action.action_ts);
    await redrawModal(client, { viewId: view.id, hash: view.hash, view: drawn, isLatest });
  };

type About = { setup: SetupView; pages: Pages; memberId: string | null; channelId: string | null };

function formAbout(form: string, { setup, pages, memberId, channelId }: About): ModalView {
  switch (form) {
    case VIEWS.memberLimit:
      return setup.maySetLimits ? memberLimitModal({ setup, pages, memberId }) : mayNotModal();
    default:
      return bindChannelModal({ setup, pages, channelId });
  }
}
