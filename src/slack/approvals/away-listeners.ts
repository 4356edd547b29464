import type { WebClient } from '@slack/web-api';
import type { ChangeResult } from '../../app/inputs.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { dateIn, fieldOf, userIn } from '../admin-forms/set-up-values.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { type Inline, person } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { AWAY_FIELDS, awayModal } from './away-form.ts';

/** Somebody else decides about approvals for a while: named, and taken back, in Home. */
export function registerAway(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.homeAway, open(deps));
  routes.click(ACTIONS.homeBack, comeBack(deps));
  routes.form(VIEWS.away, save(deps));
}

const open =
  ({ app, clock }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages } = readMetadata(hintIn(action));
    const ready = app
      .showHome({ by: body.user.id })
      .then(({ approvals }) => awayModal({ pages, timeZone: approvals?.timeZone ?? 'UTC' }));
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

const comeBack =
  (deps: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const changed = await deps.app.setDelegate({ deliveryId: deliveryId(body), by, away: null });
    const { pages } = readMetadata(hintIn(action));
    await show(deps, client, { by, pages, changed, said: ['You decide about approvals yourself again.'] });
  };

const save =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const toId = userIn(fieldOf(view, AWAY_FIELDS.who));
    const untilDate = dateIn(fieldOf(view, AWAY_FIELDS.until));
    if (toId === null || untilDate === null) {
      const who = toId === null ? { [AWAY_FIELDS.who]: 'Choose a person.' } : {};
      const until = untilDate === null ? { [AWAY_FIELDS.until]: 'Choose a day.' } : {};
      return await ack({ response_action: 'errors', errors: { ...who, ...until } });
    }
    await ack();
    const by = body.user.id;
    const changed = await deps.app.setDelegate({ deliveryId: deliveryId(body), by, away: { toId, untilDate } });
    const { pages } = readMetadata(view.private_metadata);
    const said: Inline[] = [person(toId), ' decides about approvals in your place now.'];
    await show(deps, client, { by, pages, changed, said });
    if (changed.ok) await deps.publish(client, toId);
  };

async function show(
  { app, publish }: SetUpDeps,
  client: WebClient,
  { by, pages, changed, said }: { by: string; pages: HomeLocation; changed: ChangeResult; said: Inline[] },
): Promise<void> {
  const { setup } = await app.showHome({ by });
  const notice: HomeBanner = changed.ok ? { kind: 'said', said: [said] } : refusedNotice(setup, by, changed.refusal);
  await publish(client, by, { pages, notices: [notice] });
}
