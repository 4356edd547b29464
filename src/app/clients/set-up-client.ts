import { clientAccount, projectAccount } from '../../ledger/accounts.ts';
import type { CommandBody } from '../../ledger/commands/commands.ts';
import type { State } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import { commandOf } from '../changes/command-of-change.ts';
import { rehearseCommands } from '../changes/rehearse-commands.ts';
import type { SetUpChange } from '../changes/reversible-change.ts';
import { type SavedChanges, saveChanges } from '../changes/save-changes.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { clientIdFor, createClient } from './clients.ts';
import { createProject, dueAtOf, type ProjectSaid, projectIdFor } from './projects.ts';

export type NewClient = {
  name: string;
  budget: { window: Window; credits: number } | null;
  channelId: string | null;
  /** A channel that was decided about meanwhile keeps its client. */
  ifUnbound: boolean;
};

/** A new client with its budget and its channel: all of it, or nothing where one part is refused. */
export async function setUpClient(
  context: AppContext,
  { deliveryId, by, name, budget, channelId, ifUnbound }: ChangeInput<NewClient>,
): Promise<SavedChanges> {
  const clientId = clientIdFor(deliveryId);
  const account = clientAccount(clientId);
  const change: SetUpChange = { kind: 'name', clientId, before: '', after: name };
  const more: SetUpChange[] = [
    ...(budget
      ? [{ kind: 'limit' as const, account, window: budget.window, before: null, after: budget.credits }]
      : []),
    ...(channelId === null ? [] : [{ kind: 'channel' as const, channelId, before: null, after: clientId }]),
  ];
  return await allOrNothing(context, {
    ...{ deliveryId, by, change, more, ifUnbound, isThere: (state) => state.clients.has(clientId) },
    command: { kind: 'create_client', clientId, name },
    create: () => createClient(context, { deliveryId, by, name }),
  });
}

export type NewProject = {
  clientId: string;
  said: ProjectSaid;
  budgetCredits: number | null;
  channelId: string | null;
};

/** A new project, likewise. */
export async function setUpProject(
  context: AppContext,
  { deliveryId, by, clientId, said, budgetCredits, channelId }: ChangeInput<NewProject>,
): Promise<SavedChanges> {
  const projectId = projectIdFor(deliveryId);
  const account = projectAccount(projectId);
  const change: SetUpChange = { kind: 'project', projectId, before: { ...said, name: '' }, after: said };
  const more: SetUpChange[] = [
    ...(budgetCredits === null
      ? []
      : [{ kind: 'limit' as const, account, window: 'total' as const, before: null, after: budgetCredits }]),
    ...(channelId === null
      ? []
      : [{ kind: 'place' as const, channelId, threadTs: null, before: null, after: projectId }]),
  ];
  const { name, stage } = said;
  const state = context.book.now();
  return await allOrNothing(context, {
    ...{ deliveryId, by, change, more, ifUnbound: false, isThere: (now) => now.projects.has(projectId) },
    command: { kind: 'create_project', projectId, clientId, name, stage, dueAt: dueAtOf(state, said) },
    create: () => createProject(context, { deliveryId, by, clientId, ...said }),
  });
}

type Creating = ChangeInput<{
  change: SetUpChange;
  more: readonly SetUpChange[];
  ifUnbound: boolean;
  /** The same form has made it before, and its answer got lost. */
  isThere: (state: State) => boolean;
  command: CommandBody;
  create: () => Promise<ChangeResult>;
}>;

async function allOrNothing(context: AppContext, creating: Creating): Promise<SavedChanges> {
  const { by, deliveryId, change, more, ifUnbound, isThere, command, create } = creating;
  const state = await context.book.read();
  const commands = [command, ...more.map((each) => commandOf(state, each, { ifUnbound }))];
  // Where it cannot be made itself, it says nothing new that the rest finds nothing there.
  for (const rehearsed of isThere(state) ? [] : [[command], commands]) {
    const refusals = rehearseCommands(context, { state, by, commands: rehearsed });
    if (refusals.length > 0) return { saved: [], refusals };
  }
  const created = await create();
  if (!created.ok) return { saved: [], refusals: [created.refusal] };
  const { saved, refusals: late } = await saveChanges(context, { by, deliveryId, changes: more, ifUnbound });
  return { saved: [{ change, mayUndo: false }, ...saved], refusals: late };
}
