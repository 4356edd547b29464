import type { Stage } from '../../ledger/commands/commands.ts';
import type { State } from '../../ledger/state.ts';
import { dateEndsAt } from '../../ledger/usage/windows.ts';
import { contentHash } from '../../ports/content-hash.ts';
import type { World } from '../context.ts';
import type { Change, Changed } from '../inputs.ts';
import { change } from '../submit-change.ts';

/** What people say of a project. `dueOn`: a date of the workspace's calendar, such as `2026-12-01`. */
export type ProjectSaid = { name: string; dueOn: string | null; stage: Stage };

/** A new project. Its id comes from the delivery, so that the same form twice names the same project. */
export async function createProject(
  world: World,
  { deliveryId, by, clientId, ...said }: Change<{ clientId: string } & ProjectSaid>,
): Promise<Changed & { projectId?: string }> {
  const { name, stage } = said;
  const projectId = `p-${contentHash(deliveryId)
    .replace(/[^a-zA-Z0-9]/g, '')
    .slice(0, 10)
    .toLowerCase()}`;
  const dueAt = dueAtOf(world.book.now(), said);
  const wish = { kind: 'create_project' as const, projectId, clientId, name, dueAt, stage };
  const changed = await change(world, { deliveryId, by, wish });
  return changed.ok ? { ...changed, projectId } : changed;
}

export async function changeProject(
  world: World,
  { deliveryId, by, projectId, ...said }: Change<{ projectId: string } & ProjectSaid>,
): Promise<Changed> {
  const { name, stage } = said;
  const dueAt = dueAtOf(world.book.now(), said);
  return await change(world, { deliveryId, by, wish: { kind: 'change_project', projectId, name, dueAt, stage } });
}

/** Closed, nothing new is held for it from that moment on; what is being made comes to its end. */
export async function setProjectClosed(
  world: World,
  { deliveryId, by, projectId, isClosed }: Change<{ projectId: string; isClosed: boolean }>,
): Promise<Changed> {
  const kind = isClosed ? 'close_project' : 'reopen_project';
  return await change(world, { deliveryId, by, wish: { kind, projectId } });
}

/** A project is due until its day ends. What is no date is none of ours to mend: the ledger refuses it by name. */
function dueAtOf({ settings }: State, { dueOn }: ProjectSaid): number | null {
  if (dueOn === null || !settings) return null;
  return dateEndsAt(dueOn, settings) ?? Number.NaN;
}
