import type { State } from '../../ledger/state.ts';
import { dateEndsAt } from '../../ledger/usage/civil-dates.ts';
import type { Stage } from '../../ledger/work.ts';
import { shortHash } from '../../ports/content-hash.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';

/** What people say of a project. `dueOn`: a date of the workspace's calendar, such as `2026-12-01`. */
export type ProjectSaid = { name: string; dueOn: string | null; stage: Stage };

/** A new project. Its id comes from the delivery, so that the same form twice names the same project. */
export async function createProject(
  context: AppContext,
  { deliveryId, by, clientId, ...said }: ChangeInput<{ clientId: string } & ProjectSaid>,
): Promise<ChangeResult & { projectId?: string }> {
  const { name, stage } = said;
  const projectId = projectIdFor(deliveryId);
  const dueAt = dueAtOf(context.book.now(), said);
  const command = { kind: 'create_project' as const, projectId, clientId, name, dueAt, stage };
  const changed = await submitChange(context, { deliveryId, by, command });
  return changed.ok ? { ...changed, projectId } : changed;
}

export const projectIdFor = (deliveryId: string): string => `p-${shortHash(deliveryId)}`;

export async function changeProject(
  context: AppContext,
  { deliveryId, by, projectId, ...said }: ChangeInput<{ projectId: string } & ProjectSaid>,
): Promise<ChangeResult> {
  const { name, stage } = said;
  const dueAt = dueAtOf(context.book.now(), said);
  return await submitChange(context, {
    deliveryId,
    by,
    command: { kind: 'change_project', projectId, name, dueAt, stage },
  });
}

/** Closed, nothing new is held for it from that moment on; what is being made comes to its end. */
export async function setProjectClosed(
  context: AppContext,
  { deliveryId, by, projectId, isClosed }: ChangeInput<{ projectId: string; isClosed: boolean }>,
): Promise<ChangeResult> {
  const kind = isClosed ? 'close_project' : 'reopen_project';
  return await submitChange(context, { deliveryId, by, command: { kind, projectId } });
}

/** A project is due until its day ends. The ledger refuses a text that is no date. */
export function dueAtOf({ settings }: State, { dueOn }: Pick<ProjectSaid, 'dueOn'>): number | null {
  if (dueOn === null || !settings) return null;
  return dateEndsAt(dueOn, settings) ?? Number.NaN;
}
