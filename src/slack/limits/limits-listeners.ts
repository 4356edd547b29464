import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type AccountId, AGENCY, isAccount, teamAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import type { SetUpDeps } from '../admin-forms/set-up-save.ts';
import { goneModal, notRehearsedModal, outOfDateModal, refusedModal } from '../kit/error-modals.ts';
import { type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { openWhenReady, showInstead } from '../kit/open-when-ready-listeners.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { limitsModal, lookingModal } from './limits-form.ts';
import { type LimitsHint, readLimitsHint, type Shown } from './limits-metadata.ts';
import { limitsRehearsedModal } from './limits-preview-form.ts';
import { showLimitsSaved } from './limits-saved-listeners.ts';
import { readLimitsForm } from './read-limits-form.ts';

/** The limits of any account: the form, the rehearsal that comes before anything is saved, and the way back. */
export function registerLimits(routes: Routes, deps: SetUpDeps): void {
  routes.click(
    ACTIONS.limitsOpen,
    openLimits(deps, (word) => (isAccount(word) ? word : null)),
  );
  routes.click(
    ACTIONS.homeAgencyLimit,
    openLimits(deps, () => AGENCY),
  );
  routes.click(
    ACTIONS.peopleTeamLimits,
    openLimits(deps, (word) => (word === undefined ? null : teamAccount(word))),
  );
  routes.form(VIEWS.limits, rehearse(deps));
  routes.click(ACTIONS.limitsBack, goBack(deps));
  routes.form(VIEWS.limitsRehearsed, save(deps));
}

type Opening = { triggerId: string; by: string; account: AccountId; pages: HomeLocation; isFromModal?: boolean };

/** For every button that is about an account: its limits as they stand, or why they are not shown. */
export async function openLimitsForm(
  deps: Deps,
  client: WebClient,
  { triggerId, isFromModal, ...of }: Opening,
): Promise<void> {
  const ready = limitsFormOf(deps, of);
  await openWhenReady(client, deps.clock, { triggerId, ready, ...(isFromModal === undefined ? {} : { isFromModal }) });
}

export async function limitsFormOf(
  { app }: Deps,
  {
    by,
    account,
    pages,
    ...drawn
  }: { by: string; account: AccountId; pages: HomeLocation; shown?: Shown; typed?: Shown },
): Promise<ModalView> {
  const seen = await app.showLimits({ by, account });
  return seen.ok ? limitsModal({ form: seen.form, pages, ...drawn }) : refusedForm(seen.refusal, by);
}

export const refusedForm = (refusal: Refusal, by: string): ModalView =>
  // Whom the use cases tell figures of the agency is somebody of the agency: others are refused without any.
  refusedModal(refusalMessage(refusal, { readerId: by, audience: 'shared', clientName: null, helpers: [] }));

const openLimits =
  (deps: SetUpDeps, accountIn: (word: string | undefined) => AccountId | null): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readMetadata(hintIn(action));
    const account = accountIn(words[0]);
    const isFromModal = body.view?.type === 'modal';
    const opening = { triggerId: body.trigger_id, isFromModal };
    if (account) await openLimitsForm(deps, client, { ...opening, by: body.user.id, account, pages });
    else await openWhenReady(client, deps.clock, { ...opening, ready: Promise.resolve(goneModal()) });
  };

/** Nothing is saved from here: what the limits would have done stands between the form and the ledger. */
const rehearse =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const by = body.user.id;
    const hint = readLimitsHint(view.private_metadata);
    if (!hint) return await ack(outOfDateAnswer(view));
    const read = readLimitsForm(view, hint.shown);
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    if (read.wanted.length === 0) {
      await ack();
      return await showLimitsSaved(deps, client, { by, pages: hint.pages, outcome: null });
    }
    await ack({ response_action: 'update', view: lookingModal() });
    await showRehearsal(deps, client, { by, viewId: view.id, hint: { ...hint, wanted: read.wanted } });
  };

async function showRehearsal(
  { app }: Deps,
  client: WebClient,
  { by, viewId, hint }: { by: string; viewId: string; hint: LimitsHint },
): Promise<void> {
  const { account, wanted } = hint;
  try {
    const found = await app.rehearseLimits({ by, account, wanted });
    const view = found.ok ? limitsRehearsedModal(found.rehearsed, hint) : refusedForm(found.refusal, by);
    await showInstead(client, viewId, view);
  } catch (error) {
    await showInstead(client, viewId, notRehearsedModal());
    throw error;
  }
}

/** To the form as it was left, with how the account stands by now. */
const goBack =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client }) => {
    await ack();
    if (!body.view) return;
    const hint = readLimitsHint(body.view.private_metadata);
    if (!hint) return await showInstead(client, body.view.id, outOfDateModal());
    const { account, pages, shown, wanted } = hint;
    const typed = { ...shown, ...Object.fromEntries(wanted.map(({ window, figures }) => [window, figures])) };
    await showInstead(
      client,
      body.view.id,
      await limitsFormOf(deps, { by: body.user.id, account, pages, shown, typed }),
    );
  };

const save =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readLimitsHint(view.private_metadata);
    if (!hint) return await ack(outOfDateAnswer(view));
    await ack();
    const by = body.user.id;
    const { account, wanted, pages } = hint;
    const outcome = await deps.app.saveLimits({ deliveryId: deliveryId(body), by, account, wanted });
    await showLimitsSaved(deps, client, { by, pages, outcome });
  };
