import type { InputBlock, ModalView } from '@slack/types';
import type { CalendarPrices, CalendarPricesPreview } from '../../app/limits/calendar-prices.ts';
import { credits, number } from '../../words/figures.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { FIELD, modal, option } from '../kit/fields.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, bold, button, context, divider, type Inline, plain, plainContext, richLines } from '../kit/parts.ts';
import { type CalendarPricesHint, writeCalendarPricesHint } from './calendar-prices-metadata.ts';
import { dollars, markupPercent, markupWords, WEEKDAYS, wallWords, weekdayWords } from './setting-words.ts';

export const CALENDAR_PRICES_FIELDS = {
  timeZone: 'time_zone',
  weekStartsOn: 'week_starts_on',
  creditValue: 'credit_value',
  markup: 'markup',
} as const;

const ZONE_CHARACTERS_MAX = 64;
const FIGURE_CHARACTERS_MAX = 12;
const PRICES_SHOWN_MAX = 10;

type Look = { form: CalendarPrices; pages: HomeLocation; shown?: CalendarPrices; typed?: CalendarPrices };

/** When days, weeks and months begin, and what images cost. Nothing is saved from here. */
export function calendarPricesModal({ form, pages, shown = form, typed = form }: Look): ModalView {
  return modal({
    callback: VIEWS.calendarPrices,
    title: 'Calendar and prices',
    submit: 'Preview impact',
    metadata: writeCalendarPricesHint({ pages, shown, wanted: null }),
    blocks: [
      field(
        CALENDAR_PRICES_FIELDS.timeZone,
        'Time zone',
        { value: typed.timeZone, charactersMax: ZONE_CHARACTERS_MAX },
        'Days, weeks and months begin at midnight there. Such as Europe/Berlin or America/New_York.',
      ),
      weekField(typed.weekStartsOn),
      plainContext('Prices count from the next request on.'),
      field(
        CALENDAR_PRICES_FIELDS.creditValue,
        'What one credit is worth, in US dollars',
        { value: dollars(typed.creditValueMicroUsd), charactersMax: FIGURE_CHARACTERS_MAX },
        'Such as 0.01 for one cent.',
      ),
      field(
        CALENDAR_PRICES_FIELDS.markup,
        'On top of the provider’s price, in percent',
        { value: markupPercent(typed.markupBasisPoints), charactersMax: FIGURE_CHARACTERS_MAX },
        '0 is the provider’s own price, 50 half as much again.',
      ),
    ],
  });
}

type Typed = { value: string; charactersMax: number };

const field = (blockId: string, label: string, { value, charactersMax }: Typed, hint: string): InputBlock => ({
  type: 'input',
  block_id: blockId,
  label: plain(label),
  element: {
    type: 'plain_text_input',
    action_id: FIELD,
    max_length: charactersMax,
    initial_value: value.slice(0, charactersMax),
  },
  hint: plain(hint),
});

function weekField(present: number): InputBlock {
  const options = WEEKDAYS.map((day, index) => option(day, String(index)));
  const initial = options[present];
  return {
    type: 'input',
    block_id: CALENDAR_PRICES_FIELDS.weekStartsOn,
    label: plain('First day of the week'),
    element: {
      type: 'static_select',
      action_id: FIELD,
      options,
      ...(initial ? { initial_option: initial } : {}),
    },
  };
}

/** What will happen; only from here is it saved. */
export function calendarPricesPreviewModal(preview: CalendarPricesPreview, hint: CalendarPricesHint): ModalView {
  const { before, after, windows, prices } = preview;
  return modal({
    callback: VIEWS.calendarPricesPreview,
    title: 'Review before saving',
    submit: 'Save',
    metadata: writeCalendarPricesHint(hint),
    blocks: [
      richLines(...changeLines(before, after), ...(isSame(before, after) ? [[ALREADY_SO]] : [])),
      ...(windows.length > 0
        ? [divider, richLines(...windows.map((each) => windowLine(each, preview))), context(NOTHING_FORGOTTEN)]
        : []),
      ...(hasNewPrices(before, after) ? [divider, richLines(...priceLines(prices)), context(PRICES_KEPT)] : []),
      actions(button('Back', { action: ACTIONS.calendarPricesBack, label: 'Back to the form' })),
    ],
  });
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
