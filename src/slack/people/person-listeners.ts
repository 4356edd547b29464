import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { PersonView } from '../../app/people/people-view.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { type SetUpDeps, showOutcome } from '../admin-forms/set-up-save.ts';
import { goneModal, mayNotModal } from '../kit/error-modals.ts';
import { FIRST_PAGES, type HomeLocation, readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { userId } from '../kit/user-id.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, Routes } from '../platform/routes.ts';
import { bringBackModal, removePersonModal } from './people-form.ts';
import { personModal } from './person-form.ts';

/** One person: what opens from their row in Home, and from there. */
export function registerPerson(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.peoplePerson, openPerson(deps));
  routes.click(ACTIONS.personSuspend, setSuspended(deps, true));
  routes.click(ACTIONS.personResume, setSuspended(deps, false));
  routes.click(
    ACTIONS.personRemove,
    pushAbout(deps, (person, pages) => (person.may.remove ? removePersonModal(person, pages) : null)),
  );
  routes.click(
    ACTIONS.personBringBack,
    pushAbout(deps, ({ may, memberId }, pages) => (may.bringBack ? bringBackModal(memberId, pages) : null)),
  );
  routes.click(ACTIONS.receiptBringBack, openBringBack(deps));
}

const openPerson =
  ({ app, clock }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readMetadata(hintIn(action));
    const person = app.showPerson({ by: body.user.id, memberId: words[0] ?? '' });
    const ready = person.then((found) => (found ? personModal(found, pages) : goneModal()));
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

type About = (person: PersonView, pages: HomeLocation) => ModalView | null;

/** On top of the person's own form; whoever may not any more is told so there. */
const pushAbout =
  ({ app }: Deps, about: About): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readMetadata(hintIn(action));
    const person = await app.showPerson({ by: body.user.id, memberId: words[0] ?? '' });
    const view = (person && about(person, pages)) ?? mayNotModal();
    await client.views.push({ trigger_id: body.trigger_id, view });
  };

/** The form is drawn anew with what holds now, and Home behind it says what came of it. */
const setSuspended =
  (deps: SetUpDeps, isSuspended: boolean): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const by = body.user.id;
    const { pages, words } = readMetadata(hintIn(action));
    const memberId = userId.safeParse(words[0]).data;
    if (!memberId) return;
    const change = { kind: 'suspended', memberId, before: !isSuspended, after: isSuspended } as const;
    const outcome = await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes: [change] });
    await showOutcome(deps, client, { by, pages, ...outcome });
    const person = await deps.app.showPerson({ by, memberId });
    if (body.view)
      await client.views.update({ view_id: body.view.id, view: person ? personModal(person, pages) : goneModal() });
  };

const receipt = z.string().transform((value) => userId.safeParse(value.split(' ')[0]).data ?? null);

/** From a receipt, which stands in a direct message. */
const openBringBack =
  ({ app, clock }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const memberId = receipt.parse(hintIn(action) ?? '');
    const person = app.showPerson({ by: body.user.id, memberId: memberId ?? '' });
    const ready = person.then((found) => {
      if (!found) return goneModal();
      return found.may.bringBack ? bringBackModal(found.memberId, FIRST_PAGES) : personModal(found, FIRST_PAGES);
    });
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };
