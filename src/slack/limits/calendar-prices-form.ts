import type { InputBlock, ModalView } from '@slack/types';
import { settingsChanged } from '../../app/changes/reversible-change.ts';
import type { CalendarPrices } from '../../app/limits/calendar-prices.ts';
import { dollars, markupPercent, WEEKDAYS } from '../../words/settings.ts';
import { PERIODS } from '../../words/windows.ts';
import { input, modal, option, selectInput, textInput } from '../kit/fields.ts';
import { backTo, defineForm } from '../kit/form/form.ts';
import { keepForm, refusedForm, showInHome } from '../kit/form/home-answer.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { plainContext } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';
import { calendarPricesPreviewModal } from './calendar-prices-preview-form.ts';
import { CALENDAR_PRICES_FIELDS, calendarPricesMetadata, readCalendarPrices } from './read-calendar-prices.ts';

const ZONE_CHARACTERS_MAX = 64;
const PRICE_CHARACTERS_MAX = 12;

/** When windows begin, and what images cost. Nothing is saved from here: first it says what will happen. */
export const calendarPricesForm = defineForm({
  id: VIEWS.calendarPrices,
  opens: { [ACTIONS.calendarPricesOpen]: (deps, { by, pages }) => modalFor(deps, { by, pages }) },
  clicks: (deps) => ({ [ACTIONS.calendarPricesBack]: goBack(deps) }),
  metadata: calendarPricesMetadata.read,
  read: readCalendarPrices,
  async submit(deps, { typed, ...where }) {
    const { by, pages, closing } = where;
    const changes = settingsChanged(typed.shown, typed.wanted);
    if (changes.length === 0) return await showInHome(deps, where);
    const found = await deps.app.previewCalendarPrices({ by, changes });
    if (!found.ok) return await keepForm(deps, where, found.refusal);
    await closing.show(calendarPricesPreviewModal(found.form, { pages, ...typed }));
  },
});

const goBack = (deps: Deps) =>
  backTo(calendarPricesMetadata.read, ({ pages, shown, wanted }, by) => {
    const drawn = { ...(shown ? { shown } : {}), ...(wanted ? { typed: wanted } : {}) };
    return modalFor(deps, { by, pages, ...drawn });
  });

type Drawn = { pages: HomeLocation; shown?: CalendarPrices; typed?: CalendarPrices };

async function modalFor({ app }: Deps, { by, ...drawn }: { by: string } & Drawn): Promise<ModalView> {
  const seen = await app.showCalendarPrices({ by });
  return seen.ok ? calendarPricesModal({ form: seen.form, ...drawn }) : refusedForm(seen.refusal, by);
}

export function calendarPricesModal({
  form,
  pages,
  shown = form,
  typed = form,
}: { form: CalendarPrices } & Drawn): ModalView {
  const { timeZone, weekStartsOn, creditValue, markup } = CALENDAR_PRICES_FIELDS;
  const days = WEEKDAYS.map((day, index) => option(day, String(index)));
  return modal(
    { callback: VIEWS.calendarPrices, title: 'Calendar and prices', submit: 'Preview impact' },
    calendarPricesMetadata.write({ shown, wanted: null, pages }),
    [
      field(
        timeZone,
        'Time zone',
        [typed.timeZone, ZONE_CHARACTERS_MAX],
        `${PERIODS} begin at midnight there. Such as Europe/Berlin or America/New_York.`,
      ),
      input(weekStartsOn, 'First day of the week', selectInput(days, { present: String(typed.weekStartsOn) })),
      plainContext('Prices count from the next request on.'),
      field(
        creditValue,
        'What one credit is worth, in US dollars',
        [dollars(typed.creditValueMicroUsd), PRICE_CHARACTERS_MAX],
        'Such as 0.01 for one cent.',
      ),
      field(
        markup,
        'On top of the provider’s price, in percent',
        [markupPercent(typed.markupBasisPoints), PRICE_CHARACTERS_MAX],
        '0 is the provider’s own price, 50 half as much again.',
      ),
    ],
  );
}

const field = (blockId: string, label: string, [present, max]: [string, number], hint: string): InputBlock =>
  input(blockId, label, textInput({ present: present.slice(0, max), max }), { hint });
