import type { WebClient } from '@slack/web-api';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Publish } from '../home/publish-home.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import type { HomeLocation, Undoable } from '../kit/home-metadata.ts';
import { type Inline, person } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { type Asking, describeChange, isSame, makeChange, membersIn, reverse, withCurrent } from './set-up-changes.ts';

export type SetUpDeps = Deps & { publish: Publish };

/** A change that was made, and whether it is known how to take it back. */
type Saved = { change: Undoable; mayUndo: boolean };

/** What came of a form. */
export type Outcome = { saved: readonly Saved[]; refusals: readonly Refusal[] };

/** One change after the other, whatever becomes of each: a name that is taken is no reason to forget the budget. */
export async function saveChanges(
  { app }: Deps,
  changes: readonly Undoable[],
  { by, deliveryId, ifUnbound = false }: Asking,
): Promise<Outcome> {
  const { setup } = await app.showHome({ by, about: membersIn(changes) });
  const saved: Saved[] = [];
  const refusals: Refusal[] = [];
  for (const [index, wanted] of changes.entries()) {
    const now = setup && withCurrent(setup, wanted);
    const changed = await makeChange(app, wanted, { by, ifUnbound, deliveryId: `${deliveryId}/${index + 1}` });
    if (changed.ok) saved.push({ change: now ?? wanted, mayUndo: now !== null && !isSame(now.before, now.after) });
    else refusals.push(changed.refusal);
  }
  return { saved, refusals };
}

/** Home, drawn anew with what came of it on top; and that of somebody whose role has changed. */
export async function showOutcome(
  { app, publish }: SetUpDeps,
  client: WebClient,
  {
    by,
    pages,
    saved,
    refusals,
    looksAfter = [],
  }: Outcome & { by: string; pages: HomeLocation; looksAfter?: LooksAfter },
): Promise<void> {
  const { setup } = await app.showHome({ by });
  const notices = [
    ...savedNotice(setup, saved),
    ...looksAfter.map(looksAfterNotice),
    ...refusals.map((refusal) => refusedNotice(setup, by, refusal)),
  ];
  const nothing: HomeBanner = { kind: 'said', said: [['Nothing was changed.']] };
  await publish(client, by, { pages, notices: notices.length > 0 ? notices : [nothing] });
  for (const { change } of saved) {
    if (isAboutSomebodyElse(change, by)) await publish(client, change.memberId);
  }
}

/** What somebody looks after may be hundreds of things: how many is said, and no button takes it back. */
type LooksAfter = readonly { memberId: string; counts: readonly number[] }[];

function looksAfterNotice({ memberId, counts: [clients = 0, teams = 0] }: LooksAfter[number]): HomeBanner {
  const what = `${clients === 1 ? '1 client' : `${clients} clients`} and ${teams === 1 ? '1 team' : `${teams} teams`}`;
  return { kind: 'saved', said: [[person(memberId), ` looks after ${what}.`]], undo: [] };
}

/** Whose Home shows something else from now on. */
export const isAboutSomebodyElse = (
  change: Undoable,
  by: string,
): change is Undoable & { kind: 'role' | 'suspended' } =>
  (change.kind === 'role' || change.kind === 'suspended') && change.memberId !== by;

function savedNotice(setup: SetupView | null, saved: readonly Saved[]): HomeBanner[] {
  if (saved.length === 0) return [];
  const said = saved.map(({ change }): Inline[] => [...describeChange(setup, change), '.']);
  // All of it or nothing: a button that takes back a part of what stands beside it would surprise people.
  const undo: Undoable[] = saved.every(({ mayUndo }) => mayUndo) ? saved.map(({ change }) => reverse(change)) : [];
  return [{ kind: 'saved', said, undo }];
}

export function refusedNotice(setup: SetupView | null, by: string, refusal: Refusal): HomeBanner {
  return {
    kind: 'refused',
    message: refusalMessage(refusal, {
      readerId: by,
      // Whoever may see what there is to set up is a full member, in their own Home.
      audience: setup ? 'internal' : 'shared',
      clientName: null,
      names: namesOf(setup),
      helpers: setup?.ownerIds ?? [],
    }),
  };
}

/** What is called how in Home, for refusals that name it. */
const namesOf = (setup: SetupView | null): Record<string, string> =>
  Object.fromEntries(
    (setup?.clients ?? []).flatMap(({ clientId, name, projects }) => [
      [clientAccount(clientId), name],
      ...projects.map((project) => [projectAccount(project.projectId), project.name]),
    ]),
  );
