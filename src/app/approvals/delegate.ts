import type { World } from '../context.ts';
import { directly } from '../directly.ts';
import type { Change, Changed } from '../inputs.ts';
import { meet } from '../people/sync-member.ts';
import { change } from '../submit-change.ts';
import { endOfDay } from './end-of-day.ts';
import { tendRequests } from './process-open-requests.ts';

/** Somebody decides in one's place until a day is over, as the workspace counts days; null ends it. What waits is shown to them at once. */
export async function setDelegate(
  world: World,
  { deliveryId, by, away }: Change<{ away: { toId: string; untilDate: string } | null }>,
): Promise<Changed> {
  if (away === null) {
    return await change(world, { deliveryId, by, wish: { kind: 'set_delegate', toId: null, untilAt: null } });
  }
  const { toId, untilDate } = away;
  const { settings } = world.book.now();
  const untilAt = settings && endOfDay(untilDate, settings);
  if (untilAt === null)
    return { ok: false, refusal: { reason: 'invalid', field: 'untilAt', problem: 'must be a date' } };
  await meet(world, toId);
  const changed = await change(world, { deliveryId, by, wish: { kind: 'set_delegate', toId, untilAt } });
  if (!changed.ok) return changed;
  const told = await world.messenger.tell(directly(toId), { kind: 'delegate_named', by, untilAt });
  if (told.kind === 'failed') world.log.warn({ toId, code: told.code }, 'delegate not told');
  await tendRequests(world);
  return changed;
}
