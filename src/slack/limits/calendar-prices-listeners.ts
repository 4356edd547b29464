import type { ModalView } from '@slack/types';
import { settingsChanged } from '../../app/changes/reversible-change.ts';
import type { CalendarPrices } from '../../app/limits/calendar-prices.ts';
import { settingsBanner } from '../admin-forms/saved-banners.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { loadingModal, notPreviewedModal } from '../kit/error-modals.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer } from '../kit/merge-shown.ts';
import { openWhenReady, showInstead } from '../kit/open-when-ready-listeners.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { calendarPricesModal, calendarPricesPreviewModal } from './calendar-prices-form.ts';
import { readCalendarPricesHint } from './calendar-prices-metadata.ts';
import { refusedForm } from './limits-listeners.ts';
import { readCalendarPrices } from './read-calendar-prices-form.ts';

/** The workspace's calendar and prices: the form, what it would do, and the way back. */
export function registerCalendarPrices(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.calendarPricesOpen, open(deps));
  routes.form(VIEWS.calendarPrices, preview(deps));
  routes.click(ACTIONS.calendarPricesBack, goBack(deps));
  routes.form(VIEWS.calendarPricesPreview, save(deps));
}

type Look = { by: string; pages: HomeLocation; shown?: CalendarPrices; typed?: CalendarPrices };

async function formFor({ app }: SetUpDeps, { by, ...look }: Look): Promise<ModalView> {
  const seen = await app.showCalendarPrices({ by });
  return seen.ok ? calendarPricesModal({ form: seen.form, ...look }) : refusedForm(seen.refusal, by);
}

const open =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages } = readMetadata(hintIn(action));
    const ready = formFor(deps, { by: body.user.id, pages });
    await openWhenReady(client, deps.clock, { triggerId: body.trigger_id, ready });
  };

/** Nothing is saved from here: what will happen stands between the form and the ledger. */
const preview =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const by = body.user.id;
    const { pages, shown } = readCalendarPricesHint(view.private_metadata);
    if (!shown) return await ack(outOfDateAnswer(view));
    const read = readCalendarPrices(view, shown);
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    const changes = settingsChanged(shown, read.wanted);
    if (changes.length === 0) {
      await ack();
      return await deps.publish(client, by, { pages, notices: [NOTHING] });
    }
    await ack({ response_action: 'update', view: loadingModal() });
    const hint = { pages, shown, wanted: read.wanted };
    try {
      const found = await deps.app.previewCalendarPrices({ by, changes });
      const next = found.ok ? calendarPricesPreviewModal(found.form, hint) : refusedForm(found.refusal, by);
      await showInstead(client, view.id, next);
    } catch (error) {
      await showInstead(client, view.id, notPreviewedModal());
      throw error;
    }
  };

const NOTHING: HomeBanner = { kind: 'said', said: [['Nothing was changed.']] };

const goBack =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client }) => {
    await ack();
    if (!body.view) return;
    const { pages, shown, wanted } = readCalendarPricesHint(body.view.private_metadata);
    const drawn = { ...(shown ? { shown } : {}), ...(wanted ? { typed: wanted } : {}) };
    await showInstead(client, body.view.id, await formFor(deps, { by: body.user.id, pages, ...drawn }));
  };

const save =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const { pages, shown, wanted } = readCalendarPricesHint(view.private_metadata);
    if (!shown || !wanted) return await ack(outOfDateAnswer(view));
    await ack();
    const by = body.user.id;
    const outcome = await deps.app.setPolicy({
      deliveryId: deliveryId(body),
      by,
      changes: settingsChanged(shown, wanted),
    });
    const { setup } = await deps.app.showHome({ by });
    const notices = [
      ...settingsBanner({ before: shown }, outcome),
      ...outcome.refusals.map((refusal) => refusedNotice(setup, by, refusal)),
    ];
    await deps.publish(client, by, { pages, notices: notices.length > 0 ? notices : [NOTHING] });
  };
