import type { WebClient } from '@slack/web-api';
import { reverse, type SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SavedChange, SavedChanges } from '../../app/changes/save-changes.ts';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import type { Publish } from '../home/publish-home.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import type { HomeLocation } from '../kit/home-metadata.ts';
import { type Inline, person } from '../kit/parts.ts';
import type { Deps } from '../platform/deps.ts';
import { refusalMessage } from '../refusals/refusal.ts';
import { describeChange } from './set-up-changes.ts';

export type SetUpDeps = Deps & { publish: Publish };

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
  }: SavedChanges & { by: string; pages: HomeLocation; looksAfter?: LooksAfter },
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
  change: SetUpChange,
  by: string,
): change is SetUpChange & { kind: 'role' | 'suspended' } =>
  (change.kind === 'role' || change.kind === 'suspended') && change.memberId !== by;

function savedNotice(setup: SetupView | null, saved: readonly SavedChange[]): HomeBanner[] {
  if (saved.length === 0) return [];
  const said = saved.map(({ change }): Inline[] => [...describeChange(setup, change), '.']);
  // All of it or nothing: a button that takes back a part of what stands beside it would surprise people.
  const undo = saved.every(({ mayUndo }) => mayUndo) ? saved.map(({ change }) => reverse(change)) : [];
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
