import type { CalendarPricesPreview } from '../../../src/app/limits/calendar-prices.ts';
import { FIRST_PAGES } from '../../../src/slack/kit/home-metadata.ts';
import { calendarPricesModal } from '../../../src/slack/limits/calendar-prices-form.ts';
import { calendarPricesPreviewModal } from '../../../src/slack/limits/calendar-prices-preview-form.ts';
import { NOW } from '../../../test/slack/home-views.ts';
import { HUGE } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const pages = FIRST_PAGES;
const HOUR_MS = 3_600_000;

const form = (name: string, draw: Extract<Sample, { kind: 'modal' }>['draw']): Sample => ({
  name,
  kind: 'modal',
  draw,
});

const present = { timeZone: 'Europe/Berlin', weekStartsOn: 1, creditValueMicroUsd: 10_000, markupBasisPoints: 15_000 };
const wanted = {
  timeZone: 'America/Argentina/ComodRivadavia',
  weekStartsOn: 0,
  creditValueMicroUsd: 12_500,
  markupBasisPoints: 10_000,
};
const hint = { pages, shown: present, wanted };
const preview: CalendarPricesPreview = {
  before: present,
  after: wanted,
  windows: [
    { window: 'day', endsAt: NOW, nextEndsAt: NOW + 28 * HOUR_MS, insteadOfAt: NOW + 24 * HOUR_MS },
    { window: 'week', endsAt: NOW, nextEndsAt: NOW + 148 * HOUR_MS, insteadOfAt: NOW + 168 * HOUR_MS },
    { window: 'month', endsAt: NOW, nextEndsAt: NOW + 748 * HOUR_MS, insteadOfAt: NOW + 744 * HOUR_MS },
    { window: 'quarter', endsAt: NOW, nextEndsAt: NOW + 2_164 * HOUR_MS, insteadOfAt: NOW + 2_160 * HOUR_MS },
    { window: 'year', endsAt: NOW, nextEndsAt: NOW + 8_764 * HOUR_MS, insteadOfAt: NOW + 8_760 * HOUR_MS },
  ],
  prices: Array.from({ length: 12 }, (_, n) => ({ label: `Model ${n + 1}`, beforeCredits: 6 + n, afterCredits: HUGE })),
};

export const CALENDAR_PRICES: Family = {
  name: 'calendar-prices',
  samples: [
    form('calendar and prices', () => calendarPricesModal({ form: present, pages })),
    form('calendar and prices, before it is saved', () => calendarPricesPreviewModal(preview, hint)),
    form('prices, before they are saved', () =>
      calendarPricesPreviewModal(
        { ...preview, after: { ...present, markupBasisPoints: 5_000 }, windows: [], prices: [] },
        hint,
      ),
    ),
  ],
};
