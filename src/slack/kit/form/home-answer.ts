import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { ChangeResult } from '../../../app/inputs.ts';
import type { SetupView } from '../../../app/messenger.ts';
import { clientAccount, projectAccount, teamAccount } from '../../../ledger/accounts.ts';
import type { Refusal } from '../../../ledger/refusals.ts';
import type { Names } from '../../../words/accounts.ts';
import type { Deps } from '../../platform/deps.ts';
import { refusalMessage } from '../../refusals/refusal.ts';
import type { RefusalContext } from '../../refusals/refusal-limit.ts';
import { refusedModal } from '../error-modals.ts';
import type { HomeBanner } from '../home-banner.ts';
import type { HomeLocation } from '../home-metadata.ts';
import { message } from '../message.ts';
import type { Inline } from '../parts.ts';
import { senderOf } from '../sender.ts';
import type { Closing } from './closing.ts';

/** The person who clicked or sent something, and what of Home is in front of them. */
export type Where = { client: WebClient; by: string; pages: HomeLocation; closing?: Closing };

export const saidBanner = (...line: Inline[]): HomeBanner => ({ kind: 'said', said: [line] });
export const savedBanner = (...line: Inline[]): HomeBanner => ({ kind: 'saved', said: [line], undo: [] });

/** Closes the form, and draws Home again with what came of it on top. */
export async function showInHome(
  { publish }: Deps,
  { client, by, pages, closing }: Where,
  ...notices: HomeBanner[]
): Promise<void> {
  await closing?.close();
  await publish(client, by, { pages, notices: notices.length > 0 ? notices : [saidBanner('Nothing was changed.')] });
}

/** Keeps the form open with what is in the way; where that is not its matter any more, it shows a form that says so. */
export async function keepForm(deps: Deps, where: Where & { closing: Closing }, refusal: Refusal): Promise<void> {
  const { setup } = await deps.app.showHome({ by: where.by });
  const isKept = await where.closing.keep([refusal], refusalContext(setup, where.by));
  if (!isKept) await where.closing.show(refusedForm(refusal, where.by));
}

/** As `showInHome`, with what was not done. Where nothing was, the form stays open and says so there. */
export async function showSaved(deps: Deps, where: Where, done: readonly HomeBanner[], refusals: readonly Refusal[]) {
  const { setup } = await deps.app.showHome({ by: where.by });
  if (done.length === 0 && (await where.closing?.keep(refusals, refusalContext(setup, where.by)))) return;
  const refused = refusals.map((refusal) => refusedNotice(setup, where.by, refusal));
  await showInHome(deps, where, ...done, ...refused);
}

/** Says in Home that a change was made, or why it was not. */
export const showChange = (deps: Deps, where: Where, changed: ChangeResult, done: HomeBanner) =>
  changed.ok ? showInHome(deps, where, done) : showSaved(deps, where, [], [changed.refusal]);

const inHome = z.object({ view: z.object({ type: z.literal('home') }) });
export const isInHome = (body: unknown): boolean => inHome.safeParse(body).success;

/** Answers a button that is on a card and in Home: in Home in any case, and where it was clicked. */
export async function showHereAndInHome(
  { app, publish, tell }: Deps,
  { client, by, body }: Omit<Where, 'pages'> & { body: unknown },
  done: { said: readonly Inline[][] } | { refusal: Refusal },
): Promise<void> {
  const notice: HomeBanner =
    'said' in done
      ? { kind: 'said', said: done.said }
      : refusedNotice((await app.showHome({ by })).setup, by, done.refusal);
  await publish(client, by, { notices: [notice] });
  if (isInHome(body)) return;
  await tell(senderOf(body), notice.kind === 'refused' ? notice.message : message(notice.said));
}

export function refusedNotice(setup: SetupView | null, by: string, refusal: Refusal): HomeBanner {
  return { kind: 'refused', message: refusalMessage(refusal, refusalContext(setup, by)) };
}

export const refusalContext = (setup: SetupView | null, by: string): RefusalContext => ({
  readerId: by,
  // Setup is shown to full members alone, in their own Home.
  audience: setup ? 'internal' : 'shared',
  clientName: null,
  names: namesOf(setup),
  helpers: setup?.ownerIds ?? [],
});

/** What is called how in Home, for sentences that name it. */
export const namesOf = (setup: SetupView | null): Names =>
  Object.fromEntries([
    ...(setup?.clients ?? []).flatMap(({ clientId, name, projects }) => [
      [clientAccount(clientId), name],
      ...projects.map((project) => [projectAccount(project.projectId), project.name]),
    ]),
    ...[...(setup?.teams ?? []), ...(setup?.deletedTeams ?? [])].map(({ teamId, name }) => [teamAccount(teamId), name]),
  ]);

export const refusedForm = (refusal: Refusal, by: string): ModalView =>
  // Only internal readers get this far; the use cases refuse all others without figures.
  refusedModal(refusalMessage(refusal, { readerId: by, audience: 'shared', clientName: null, helpers: [] }));
