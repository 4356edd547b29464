import { reverse, type SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SavedChange, SavedChanges } from '../../app/changes/save-changes.ts';
import type { ChannelDecided } from '../../app/clients/show-decision.ts';
import type { SetupView } from '../../app/messenger.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { describeChange } from '../../words/describe-change.ts';
import { counted } from '../../words/figures.ts';
import { namesOf, refusalContext, showInHome, type Where } from '../kit/form/home-answer.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { type Inline, person } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalMessage } from '../refusals/refusal.ts';

/** Draws Home again with the result on top, and the Home of a person whose role has changed. */
export async function showOutcome(
  deps: Deps,
  where: Where,
  { saved, refusals, looksAfter = [] }: SavedChanges & { looksAfter?: LooksAfter },
): Promise<void> {
  const { client, by } = where;
  const { setup } = await deps.app.showHome({ by });
  const isNothing = saved.length === 0 && looksAfter.length === 0;
  const to = { ...refusalContext(setup, by), decided: await decidedIn(deps, by, refusals) };
  if (isNothing && (await where.closing?.keep(refusals, to))) return;
  await showInHome(
    deps,
    where,
    ...savedNotice(setup, saved),
    ...looksAfter.map(looksAfterNotice),
    ...refusals.map((refusal): HomeBanner => ({ kind: 'refused', message: refusalMessage(refusal, to) })),
  );
  for (const { change } of saved) {
    if (change.kind === 'channel') await deps.app.runWaiting({ channelId: change.channelId });
    if (isAboutSomebodyElse(change, by)) await deps.publish(client, change.memberId);
  }
}

/** Returns who has decided about the channel meanwhile, and what; null where no refusal is about that. */
export async function decidedIn(
  { app }: Deps,
  by: string,
  refusals: readonly Refusal[],
): Promise<ChannelDecided | null> {
  const refusal = refusals.find(({ reason }) => reason === 'channel_decided');
  return refusal?.reason === 'channel_decided' ? await app.showDecision({ by, channelId: refusal.channelId }) : null;
}

/** A person may look after hundreds of things. Past that, the banner says how many changed and offers no Undo. */
type LooksAfter = readonly { memberId: string; counts: readonly number[] }[];

function looksAfterNotice({ memberId, counts: [clients = 0, teams = 0] }: LooksAfter[number]): HomeBanner {
  const what = `${counted(clients, 'client')} and ${counted(teams, 'team')}`;
  return { kind: 'saved', said: [[person(memberId), ` manages ${what}.`]], undo: [] };
}

/** The member whose Home the change affects. */
export const isAboutSomebodyElse = (
  change: SetUpChange,
  by: string,
): change is SetUpChange & { kind: 'role' | 'suspended' } =>
  (change.kind === 'role' || change.kind === 'suspended') && change.memberId !== by;

function savedNotice(setup: SetupView | null, saved: readonly SavedChange[]): HomeBanner[] {
  if (saved.length === 0) return [];
  const said = saved.map(({ change }): Inline[] => [...describeChange(change, namesOf(setup)), '.']);
  // All of it or nothing: a button that takes back a part of what stands beside it would surprise people.
  const undo = saved.every(({ mayUndo }) => mayUndo) ? saved.map(({ change }) => reverse(change)) : [];
  return [{ kind: 'saved', said, undo }];
}

export type Sending = Where & { deliveryId: string };

/** Makes the changes of a form, and shows in Home what came of them. `ifUnbound`: where no person has decided about the channel. */
export const saveAndShow = async (
  deps: Deps,
  { deliveryId, ...where }: Sending,
  changes: readonly SetUpChange[],
  { ifUnbound = false }: { ifUnbound?: boolean } = {},
): Promise<void> =>
  await showOutcome(deps, where, await deps.app.saveChanges({ by: where.by, deliveryId, changes, ifUnbound }));
