import { priceCredits } from '../../images/rate-card.ts';
import type { SettingChange } from '../../ledger/commands/commands.ts';
import type { Pricing } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Settings } from '../../ledger/state.ts';
import { ENDINGS, type Ending } from '../../ledger/usage/calendar-changes.ts';
import { turnCalendar } from '../../ledger/usage/change-calendar.ts';
import { type Calendar, windowEndsAt } from '../../ledger/usage/windows.ts';
import type { World } from '../context.ts';
import { offerImages } from '../images/available-models.ts';
import { lookInside } from './authorize-view.ts';

export type CalendarPrices = Calendar & Pricing;

/** What a change would do, before it is saved. */
export type CalendarPricesPreview = {
  before: CalendarPrices;
  after: CalendarPrices;
  /** Each kind of window that would end otherwise: the one that runs, as announced, and the next one. */
  windows: readonly { window: Ending; endsAt: number; nextEndsAt: number; insteadOfAt: number }[];
  /** The usual image of each model, where its price would change. */
  prices: readonly { label: string; beforeCredits: number; afterCredits: number }[];
};

type Shown<Form> = { ok: true; form: Form } | { ok: false; refusal: Refusal };

export async function showCalendarPrices(world: World, { by }: { by: string }): Promise<Shown<CalendarPrices>> {
  const seen = await lookInside(world, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: partsOf(settings) } : { ok: false, refusal: { reason: 'not_open' } };
}

export async function previewCalendarPrices(
  world: World,
  { by, changes }: { by: string; changes: readonly SettingChange[] },
): Promise<Shown<CalendarPricesPreview>> {
  const seen = await lookInside(world, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  if (!settings) return { ok: false, refusal: { reason: 'not_open' } };
  const before = partsOf(settings);
  const after: CalendarPrices = { ...before, ...Object.fromEntries(changes.map(({ name, value }) => [name, value])) };
  const windows = windowsAfter(settings, after, seen.at);
  return { ok: true, form: { before, after, windows, prices: pricesAfter(world, before, after) } };
}

function windowsAfter(settings: Settings, after: CalendarPrices, at: number): CalendarPricesPreview['windows'] {
  const { timeZone, weekStartsOn } = after;
  const turned = turnCalendar(settings, { timeZone, weekStartsOn }, at);
  return ENDINGS.flatMap((window) => {
    const endsAt = windowEndsAt(window, at, settings) ?? 0;
    const nextEndsAt = windowEndsAt(window, endsAt, turned) ?? 0;
    const insteadOfAt = windowEndsAt(window, endsAt, settings) ?? 0;
    return nextEndsAt === insteadOfAt ? [] : [{ window, endsAt, nextEndsAt, insteadOfAt }];
  });
}

function pricesAfter(world: World, before: Pricing, after: Pricing): CalendarPricesPreview['prices'] {
  const menu = offerImages(world);
  return menu.models.flatMap(({ id, label }) => {
    const quote = menu.quote({ wish: { model: id }, imagesCount: 1, prompt: '' });
    if (!quote.ok) return [];
    const beforeCredits = priceCredits(quote.boundMicroUsd, before);
    const afterCredits = priceCredits(quote.boundMicroUsd, after);
    return beforeCredits === afterCredits ? [] : [{ label, beforeCredits, afterCredits }];
  });
}

const partsOf = ({ timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints }: Settings): CalendarPrices => ({
  timeZone,
  weekStartsOn,
  creditValueMicroUsd,
  markupBasisPoints,
});
