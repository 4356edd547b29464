import type { ModalView } from '@slack/types';
import { dayInput, input, modal, personInput } from '../kit/fields.ts';
import { clicks, defineForm } from '../kit/form/form.ts';
import { saidBanner, showChange } from '../kit/form/home-answer.ts';
import { readPlace } from '../kit/form/metadata.ts';
import { dateAt, neededAt, together, userAt } from '../kit/form/values.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { person, plainContext } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';

const AWAY_FIELDS = { who: 'who', until: 'until' } as const;

/** Names a person's delegate while they are away. Home shows it and takes it back. */
export const awayForm = defineForm({
  id: VIEWS.away,
  opens: {
    [ACTIONS.homeAway]: async ({ app }, { by, pages }) => {
      const { approvals } = await app.showHome({ by });
      return awayModal({ pages, timeZone: approvals?.timeZone ?? 'UTC' });
    },
  },
  clicks: (deps) => ({ [ACTIONS.homeBack]: comeBack(deps) }),
  metadata: readPlace,
  read: (view) =>
    together({
      toId: neededAt(view, AWAY_FIELDS.who, userAt(view, AWAY_FIELDS.who), 'Choose a person.'),
      untilDate: neededAt(view, AWAY_FIELDS.until, dateAt(view, AWAY_FIELDS.until), 'Choose a day.'),
    }),
  async submit(deps, { typed: away, deliveryId: id, ...where }) {
    const changed = await deps.app.setDelegate({ deliveryId: id, by: where.by, away });
    const said = saidBanner(person(away.toId), ' now handles your approvals.');
    await showChange(deps, where, changed, said);
    if (changed.ok) await deps.publish(where.client, away.toId);
  },
});

const comeBack = (deps: Deps) =>
  clicks(async ({ body, ...where }) => {
    const changed = await deps.app.setDelegate({ deliveryId: deliveryId(body), by: where.by, away: null });
    await showChange(deps, where, changed, saidBanner('You handle your own approvals again.'));
  });

export const awayModal = ({ pages, timeZone }: { pages: HomeLocation; timeZone: string }): ModalView =>
  modal({ callback: VIEWS.away, title: 'Away until…', submit: 'Save' }, writeMetadata(pages), [
    input(AWAY_FIELDS.who, 'Who covers your approvals', personInput, {
      hint: 'They can approve and deny whatever you can. Choose someone who can make images.',
    }),
    input(AWAY_FIELDS.until, 'Until the end of', dayInput('Choose a day'), {
      hint: `Ends automatically at midnight, ${timeZone} time.`,
    }),
    plainContext('You can still decide yourself, and end it in Home at any time.'),
  ]);
