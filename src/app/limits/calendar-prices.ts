import { holdCredits } from '../../images/price.ts';
import type { SettingChange } from '../../ledger/commands/commands.ts';
import type { Pricing } from '../../ledger/policy.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Settings } from '../../ledger/state.ts';
import { changeCalendar } from '../../ledger/usage/change-calendar.ts';
import { type Calendar, ENDINGS, type Ending, windowEndsAt } from '../../ledger/usage/windows.ts';
import type { AppContext } from '../context.ts';
import { availableModels } from '../images/available-models.ts';
import { authorizeView } from './authorize-view.ts';

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

export async function showCalendarPrices(context: AppContext, { by }: { by: string }): Promise<Shown<CalendarPrices>> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  return settings ? { ok: true, form: partsOf(settings) } : { ok: false, refusal: { reason: 'not_open' } };
}

export async function previewCalendarPrices(
  context: AppContext,
  { by, changes }: { by: string; changes: readonly SettingChange[] },
): Promise<Shown<CalendarPricesPreview>> {
  const seen = await authorizeView(context, { by, action: 'set_policy' });
  if (!seen.ok) return seen;
  const { settings } = seen.state;
  if (!settings) return { ok: false, refusal: { reason: 'not_open' } };
  const before = partsOf(settings);
  const after: CalendarPrices = { ...before, ...Object.fromEntries(changes.map(({ name, value }) => [name, value])) };
  const windows = windowsAfter(settings, after, seen.at);
  return { ok: true, form: { before, after, windows, prices: pricesAfter(context, before, after) } };
}

function windowsAfter(settings: Settings, after: CalendarPrices, at: number): CalendarPricesPreview['windows'] {
  const { timeZone, weekStartsOn } = after;
  const turned = changeCalendar(settings, { timeZone, weekStartsOn }, at);
  return ENDINGS.flatMap((window) => {
    const endsAt = windowEndsAt(window, at, settings);
    const nextEndsAt = windowEndsAt(window, endsAt, turned);
    const insteadOfAt = windowEndsAt(window, endsAt, settings);
    return nextEndsAt === insteadOfAt ? [] : [{ window, endsAt, nextEndsAt, insteadOfAt }];
  });
}

function pricesAfter(context: AppContext, before: Pricing, after: Pricing): CalendarPricesPreview['prices'] {
  const menu = availableModels(context);
  return menu.models.flatMap(({ id, label }) => {
    const quote = menu.quote({ options: { model: id }, imagesCount: 1, prompt: '' });
    if (!quote.ok) return [];
    const beforeCredits = holdCredits(quote.model, quote.boundMicroUsd, before);
    const afterCredits = holdCredits(quote.model, quote.boundMicroUsd, after);
    return beforeCredits === afterCredits ? [] : [{ label, beforeCredits, afterCredits }];
  });
}

const partsOf = ({ timeZone, weekStartsOn, creditValueMicroUsd, markupBasisPoints }: Settings): CalendarPrices => ({
  timeZone,
  weekStartsOn,
  creditValueMicroUsd,
  markupBasisPoints,
});
