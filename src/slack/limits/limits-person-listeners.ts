import { memberAccount, memberInClientAccount } from '../../ledger/accounts.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import type { SetUpDeps } from '../admin-forms/set-up-save.ts';
import { fieldOf, optionIn, userIn } from '../admin-forms/set-up-values.ts';
import { loadingModal, mayNotModal } from '../kit/error-modals.ts';
import { FIELDS } from '../kit/fields.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { openWhenReady, showInstead } from '../kit/open-when-ready-listeners.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { limitsFormOf, openLimitsForm } from './limits-listeners.ts';
import { limitsPersonModal } from './limits-person-form.ts';

/** The ways to a person's limits. */
export function registerLimitsPerson(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.homeMemberLimit, choosePerson(deps));
  routes.form(VIEWS.limitsPerson, goOn(deps));
  routes.click(ACTIONS.personLimits, openOfPerson(deps));
}

const choosePerson =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages } = readMetadata(hintIn(action));
    const ready = deps.app
      .showHome({ by: body.user.id })
      .then(({ setup }) => (setup ? limitsPersonModal({ setup, pages }) : mayNotModal()));
    await openWhenReady(client, deps.clock, { triggerId: body.trigger_id, ready });
  };

const goOn =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const memberId = userIn(fieldOf(view, FIELDS.member));
    if (memberId === null) {
      return await ack({ response_action: 'errors', errors: { [FIELDS.member]: 'Choose a person.' } });
    }
    await ack({ response_action: 'update', view: loadingModal() });
    const clientId = optionIn(fieldOf(view, FIELDS.client));
    const account = clientId === null ? memberAccount(memberId) : memberInClientAccount(memberId, clientId);
    const { pages } = readMetadata(view.private_metadata);
    await showInstead(client, view.id, await limitsFormOf(deps, { by: body.user.id, account, pages }));
  };

/** From the form about a person, on top of which it lies. */
const openOfPerson =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readMetadata(hintIn(action));
    const opening = { triggerId: body.trigger_id, by: body.user.id, isFromModal: body.view?.type === 'modal' };
    await openLimitsForm(deps, client, { ...opening, account: memberAccount(words[0] ?? ''), pages });
  };
