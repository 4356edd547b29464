import type { ViewOutput } from '@slack/bolt';
import type { PolicyChange, SettingChange } from '../../ledger/commands/commands.ts';
import type { Policy } from '../../ledger/policy.ts';
import { readAmount, readCredits } from '../admin-forms/set-up-input.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { fieldOf, optionIn, textIn } from '../admin-forms/set-up-values.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { mergedFields, outOfDateAnswer } from '../kit/merge-shown.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { refusedForm } from './limits-listeners.ts';
import { DAY_MS, POLICY_FIELDS as FIELD, HOUR_MS, MINUTE_MS, policyModal } from './policy-form.ts';
import { coachingDigest, type PolicyShown, readPolicyHint } from './policy-metadata.ts';

/** How the agency is run: the form, and what becomes of it part by part. */
export function registerPolicy(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.policyOpen, openPolicy(deps));
  routes.form(VIEWS.policy, submitPolicy(deps));
}

const openPolicy =
  ({ app, clock }: SetUpDeps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages } = readMetadata(hintIn(action));
    const by = body.user.id;
    const ready = app
      .showPolicy({ by })
      .then((seen) => (seen.ok ? policyModal({ policy: seen.form, pages }) : refusedForm(seen.refusal, by)));
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

const submitPolicy =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const { pages, shown } = readPolicyHint(view.private_metadata);
    if (!shown) return await ack(outOfDateAnswer(view));
    const read = readPolicy(view, shown);
    if (!read.ok) return await ack({ response_action: 'errors', errors: read.errors });
    await ack();
    const by = body.user.id;
    const present = await deps.app.showPolicy({ by });
    const changes = present.ok ? read.changes.flatMap((each) => mergedPart(each, shown, present.form)) : read.changes;
    const { saved, refusals } = await deps.app.setPolicy({ deliveryId: deliveryId(body), by, changes });
    const { setup } = await deps.app.showHome({ by });
    const said = saved.flatMap(({ name }) => (isOfRun(name) ? [[`${SAID[name]}.`]] : []));
    const notices: HomeBanner[] = [
      ...(saved.length > 0 ? [{ kind: 'saved' as const, said, undo: [] }] : []),
      ...refusals.map((refusal) => refusedNotice(setup, by, refusal)),
    ];
    const nothing: HomeBanner = { kind: 'said', said: [['Nothing was changed.']] };
    await deps.publish(client, by, { pages, notices: notices.length > 0 ? notices : [nothing] });
  };

const SAID: Readonly<Record<RunChange['name'], string>> = {
  defaultRole: 'the role of new people',
  burst: 'how many requests one person may make within a while',
  escalateAfterMs: 'when owners are asked too',
  lapseAfterMs: 'when requests lapse',
  ownerAboveCredits: 'above what an owner approves',
  repeats: 'when a card says that somebody keeps exceeding',
  coachingText: 'the tips for whoever keeps exceeding',
};

/** What this form is about; calendar and prices have their own. */
type RunChange = Exclude<PolicyChange, SettingChange>;
const isOfRun = (name: string): name is RunChange['name'] => Object.hasOwn(SAID, name);

type PolicyRead = { ok: true; changes: readonly RunChange[] } | { ok: false; errors: Record<string, string> };

/** The parts that are not as they stood in the form. */
function readPolicy(form: Pick<ViewOutput, 'state'>, shown: PolicyShown): PolicyRead {
  const errors: Record<string, string> = {};
  const typed = (blockId: string) => textIn(fieldOf(form, blockId)) ?? '';
  const take = <Value>(
    blockId: string,
    read: { ok: true; value: Value } | { ok: false; error: string },
    none: Value,
  ) => {
    if (read.ok) return read.value;
    errors[blockId] = read.error;
    return none;
  };
  const whole = (blockId: string) => take(blockId, readAmount(typed(blockId)), 1);
  const span = (blockId: string, unitMs: number) => take(blockId, readSpan(typed(blockId), unitMs), unitMs);
  const ownerAboveCredits = take(FIELD.ownerAbove, readCredits(typed(FIELD.ownerAbove)), null);
  const hasBurst = typed(FIELD.burstCount).trim() !== '' || typed(FIELD.burstMinutes).trim() !== '';
  const coachingText = typed(FIELD.coaching).replace(/\r\n?/g, '\n').trim();
  const all: RunChange[] = [
    { name: 'defaultRole', value: optionIn(fieldOf(form, FIELD.defaultRole)) === 'viewer' ? 'viewer' : 'creator' },
    {
      name: 'burst',
      value: hasBurst ? { requestsMax: whole(FIELD.burstCount), withinMs: span(FIELD.burstMinutes, MINUTE_MS) } : null,
    },
    { name: 'escalateAfterMs', value: span(FIELD.escalateHours, HOUR_MS) },
    { name: 'lapseAfterMs', value: span(FIELD.lapseHours, HOUR_MS) },
    { name: 'ownerAboveCredits', value: ownerAboveCredits },
    {
      name: 'repeats',
      value: { approvalsCount: whole(FIELD.repeatsCount), withinMs: span(FIELD.repeatsDays, DAY_MS) },
    },
    { name: 'coachingText', value: coachingText },
  ];
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, changes: all.filter((part) => !isAsShown(part, shown)) };
}

/** Of a part with two figures only the one that was changed; none where it stands so already. */
function mergedPart(part: RunChange, shown: PolicyShown, now: Policy): RunChange[] {
  const isPair = (part.name === 'burst' || part.name === 'repeats') && part.value && shown[part.name] && now[part.name];
  const value = isPair
    ? mergedFields<object>({
        shown: shown[part.name] as object,
        typed: part.value as object,
        now: now[part.name] as object,
      })
    : part.value;
  const merged = { ...part, value } as RunChange;
  return JSON.stringify(merged.value) === JSON.stringify(now[part.name]) ? [] : [merged];
}

const isAsShown = (part: RunChange, shown: PolicyShown): boolean =>
  part.name === 'coachingText'
    ? coachingDigest(part.value) === shown.coachingDigest
    : JSON.stringify(part.value, asTyped) === JSON.stringify(shown[part.name], asTyped);

/** A form shows hundredths of an hour: what differs by less was not changed by whoever left it alone. */
const asTyped = (_: string, value: unknown) =>
  typeof value === 'number' && value >= MINUTE_MS ? Math.round(value / (HOUR_MS / 100)) : value;

/** `2`, `0.5`, `1,5`: of a unit. */
function readSpan(typed: string, unitMs: number): { ok: true; value: number } | { ok: false; error: string } {
  const text = typed.normalize('NFKC').trim().replace(',', '.');
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(text) || Number(text) === 0)
    return { ok: false, error: 'Write a number, such as 2.' };
  return { ok: true, value: Math.round(Number(text) * unitMs) };
}
