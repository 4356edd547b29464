import type { ModalView } from '@slack/types';
import { settingsChanged } from '../../app/changes/reversible-change.ts';
import type { CalendarPrices, CalendarPricesPreview } from '../../app/limits/calendar-prices.ts';
import { credits, number } from '../../words/figures.ts';
import { dollars, markupWords, wallWords, weekdayWords } from '../../words/settings.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { settingsBanner } from '../admin-forms/saved-banners.ts';
import { modal } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { showSaved } from '../kit/form/home-answer.ts';
import { given } from '../kit/form/values.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, bold, button, context, divider, type Inline, richLines } from '../kit/parts.ts';
import { calendarPricesMetadata, type Wanted } from './read-calendar-prices.ts';

const PRICES_SHOWN_MAX = 10;

/** What will happen; only from here is it saved. */
export const calendarPricesPreviewForm = defineForm({
  id: VIEWS.calendarPricesPreview,
  metadata: calendarPricesMetadata.read,
  read: (_, { shown, wanted }) => (shown && wanted ? given({ shown, wanted }) : null),
  async submit(deps, { typed: { shown, wanted }, deliveryId, ...where }) {
    const changes = settingsChanged(shown, wanted);
    const outcome = await deps.app.setPolicy({ deliveryId, by: where.by, changes });
    await showSaved(deps, where, settingsBanner({ before: shown }, outcome), outcome.refusals);
  },
});

export function calendarPricesPreviewModal(
  preview: CalendarPricesPreview,
  about: Wanted & { pages: HomeLocation },
): ModalView {
  const { before, after, windows, prices } = preview;
  return modal(
    { callback: VIEWS.calendarPricesPreview, title: 'Review before saving', submit: 'Save' },
    calendarPricesMetadata.write(about),
    [
      richLines(...changeLines(before, after), ...(isSame(before, after) ? [[ALREADY_SO]] : [])),
      ...(windows.length > 0
        ? [divider, richLines(...windows.map((each) => windowLine(each, preview))), context(NOTHING_FORGOTTEN)]
        : []),
      ...(hasNewPrices(before, after) ? [divider, richLines(...priceLines(prices)), context(PRICES_KEPT)] : []),
      actions(button('Back', { action: ACTIONS.calendarPricesBack, label: 'Back to the form' })),
    ],
  );
}

/** Two owners may want the same. */
const ALREADY_SO = 'Someone has set the same values meanwhile. Nothing changes.';
const isSame = (before: CalendarPrices, after: CalendarPrices) => changeLines(before, after).length === 0;

const NOTHING_FORGOTTEN =
  'No limit resets earlier than announced. What was used until then stays counted, and images on hold stay in their period.';
const PRICES_KEPT =
  'Images in progress and requests that wait for approval keep their price. Credits already used stay as they are.';

const hasNewPrices = (before: CalendarPrices, after: CalendarPrices) =>
  before.creditValueMicroUsd !== after.creditValueMicroUsd || before.markupBasisPoints !== after.markupBasisPoints;

function changeLines(before: CalendarPrices, after: CalendarPrices): Inline[][] {
  const rows: [string, string, string][] = [
    ['Time zone', before.timeZone, after.timeZone],
    ['The week starts on', weekdayWords(before.weekStartsOn), weekdayWords(after.weekStartsOn)],
    ['One credit is worth', `$${dollars(before.creditValueMicroUsd)}`, `$${dollars(after.creditValueMicroUsd)}`],
    ['Images cost', markupWords(before.markupBasisPoints), markupWords(after.markupBasisPoints)],
  ];
  return rows.flatMap(([what, from, to]) => (from === to ? [] : [[`${what}: ${from} → `, bold(to)]]));
}

function windowLine(
  { window, endsAt, nextEndsAt, insteadOfAt }: CalendarPricesPreview['windows'][number],
  { before, after }: CalendarPricesPreview,
): Inline[] {
  return [
    `• This ${WINDOW_WORDS[window].noun} ends as announced, `,
    bold(wallWords(endsAt, before.timeZone)),
    '. The next one ends ',
    bold(wallWords(nextEndsAt, after.timeZone)),
    ` instead of ${wallWords(insteadOfAt, before.timeZone)}.`,
  ];
}

function priceLines(prices: CalendarPricesPreview['prices']): Inline[][] {
  if (prices.length === 0) return [['No price of an image changes: prices are rounded up to whole credits.']];
  const rest = prices.length - PRICES_SHOWN_MAX;
  return [
    [bold('One image at the usual quality')],
    ...prices
      .slice(0, PRICES_SHOWN_MAX)
      .map(({ label, beforeCredits, afterCredits }): Inline[] => [
        `${label}: ${credits(beforeCredits)} → `,
        bold(credits(afterCredits)),
      ]),
    ...(rest > 0 ? [[`and ${number(rest)} more models`]] : []),
  ];
}
