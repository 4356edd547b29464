import type { ChangeResult } from '../../app/inputs.ts';
import type { GrantInput } from '../../app/limits/grant-credits.ts';
import type { MoveInput } from '../../app/limits/move-budget.ts';
import { type AccountId, isAccount } from '../../ledger/accounts.ts';
import { WINDOWS } from '../../ledger/usage/windows.ts';
import { extraCredits } from '../../words/figures.ts';
import { movedBanner } from '../admin-forms/saved-banners.ts';
import { readAmount, readName } from '../admin-forms/set-up-input.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { dateIn, fieldOf, optionIn, textIn } from '../admin-forms/set-up-values.ts';
import { goneModal } from '../kit/error-modals.ts';
import { FIELDS } from '../kit/fields.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { whose } from '../kit/limit-words.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { bold, type Inline } from '../kit/parts.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { grantModal, REASON_FIELD, UNTIL_FIELD } from './grant-form.ts';
import { refusedForm } from './limits-listeners.ts';
import { moveModal, WINDOW_FIELD } from './move-form.ts';
import { readOtherSide } from './read-move-form.ts';

/** Credits on top of limits, and allowance that goes from one account to another. */
export function registerBudget(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.grantOpen, openGrant(deps));
  routes.form(VIEWS.grant, submitGrant(deps));
  routes.click(ACTIONS.moveOpen, openMove(deps));
  routes.form(VIEWS.move, submitMove(deps));
}

type Client = Parameters<SetUpDeps['publish']>[0];

const openGrant =
  ({ app, clock }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, account } = aboutIn(hintIn(action));
    const by = body.user.id;
    const form = async () => {
      if (!account) return goneModal();
      const seen = await app.showGrant({ by, account });
      return seen.ok ? grantModal({ row: seen.row, pages }) : refusedForm(seen.refusal, by);
    };
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready: form() });
  };

const submitGrant =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const { pages, account } = aboutIn(view.private_metadata);
    const amount = readAmount(textIn(fieldOf(view, FIELDS.amount)));
    const reason = readName(textIn(fieldOf(view, REASON_FIELD)));
    if (!amount.ok || !reason.ok) {
      const errors = {
        ...(amount.ok ? {} : { [FIELDS.amount]: amount.error }),
        ...(reason.ok ? {} : { [REASON_FIELD]: reason.error }),
      };
      return await ack({ response_action: 'errors', errors });
    }
    if (!account) return await ack(outOfDateAnswer(view));
    await ack();
    const by = body.user.id;
    const untilDate = dateIn(fieldOf(view, UNTIL_FIELD));
    const grant = { account, amountCredits: amount.value, untilDate, reason: reason.value };
    await deps.spend.once({ body, wants: grant }, async ({ grantCredits }, deliveryId) => {
      const changed = await grantCredits({ deliveryId, by, ...grant });
      await showGranted(deps, client, { by, pages, grant, changed });
      return changed.ok;
    });
  };

type Granted = {
  by: string;
  pages: HomeLocation;
  grant: Pick<GrantInput, 'account' | 'amountCredits'>;
  changed: ChangeResult;
};

async function showGranted(deps: SetUpDeps, client: Client, { by, pages, grant, changed }: Granted): Promise<void> {
  const { account, amountCredits } = grant;
  const { setup, limits } = await deps.app.showHome({ by, limits: { page: 0, find: '' } });
  const label = limits?.rows.find((row) => row.account === account);
  const said: Inline[] = [bold(extraCredits(amountCredits)), ...(label ? [' for ', ...whose(label)] : []), '.'];
  const notice: HomeBanner = changed.ok
    ? { kind: 'saved', said: [said], undo: [] }
    : refusedNotice(setup, by, changed.refusal);
  await deps.publish(client, by, { pages, notices: [notice] });
}

const openMove =
  ({ app, clock }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, account } = aboutIn(hintIn(action));
    const by = body.user.id;
    const form = async () => {
      if (!account) return goneModal();
      const seen = await app.showMove({ by, account });
      if (!seen.ok) return refusedForm(seen.refusal, by);
      return seen.form.from.standings.length === 0 ? goneModal() : moveModal({ form: seen.form, pages });
    };
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready: form() });
  };

const submitMove =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const { pages, account: from } = aboutIn(view.private_metadata);
    const amount = readAmount(textIn(fieldOf(view, FIELDS.amount)));
    const window = WINDOWS.find((each) => each === optionIn(fieldOf(view, WINDOW_FIELD)));
    const to = readOtherSide(view);
    if (!amount.ok || !window || !to.ok) {
      const errors = {
        ...(amount.ok ? {} : { [FIELDS.amount]: amount.error }),
        ...(window ? {} : { [WINDOW_FIELD]: 'Choose a window.' }),
        ...(to.ok ? {} : to.errors),
      };
      return await ack({ response_action: 'errors', errors });
    }
    if (!from) return await ack(outOfDateAnswer(view));
    await ack();
    const move = { from, to: to.account, window, amountCredits: amount.value };
    await moveAndShow(deps, client, { body, by: body.user.id, pages, move });
  };

type Moving = { body: unknown; by: string; pages: HomeLocation; move: MoveInput };

const moveAndShow = (deps: SetUpDeps, client: Client, { body, ...moving }: Moving): Promise<void> =>
  deps.spend.once({ body, wants: moving.move }, async ({ moveBudget }, deliveryId) => {
    const changed = await moveBudget({ deliveryId, by: moving.by, ...moving.move });
    await showMoved(deps, client, { ...moving, changed });
    return changed.ok;
  });

type Moved = Omit<Moving, 'body'> & { changed: ChangeResult };

async function showMoved(deps: SetUpDeps, client: Client, { by, pages, move, changed }: Moved): Promise<void> {
  const { setup } = await deps.app.showHome({ by });
  const notice = changed.ok ? movedBanner(move) : refusedNotice(setup, by, changed.refusal);
  await deps.publish(client, by, { pages, notices: [notice] });
}

function aboutIn(hint: string | undefined): { pages: HomeLocation; account: AccountId | null } {
  const { pages, words } = readMetadata(hint);
  return { pages, account: isAccount(words[0]) ? words[0] : null };
}
