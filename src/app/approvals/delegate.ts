import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { syncMember } from '../people/sync-member.ts';
import { directly } from '../requester.ts';
import { submitChange } from '../submit-change.ts';
import { endOfDay } from './end-of-day.ts';
import { afterPeopleChanged } from './reroute.ts';

/** Names a delegate for approvals until a day of the workspace is over; null ends it. The people who are asked from now on see at once what is open. */
export async function setDelegate(
  context: AppContext,
  { deliveryId, by, away }: ChangeInput<{ away: { toId: string; untilDate: string } | null }>,
): Promise<ChangeResult> {
  const before = context.book.now().members.get(by)?.delegate?.toId ?? by;
  if (away === null) {
    const command = { kind: 'set_delegate', toId: null, untilAt: null } as const;
    const back = await submitChange(context, { deliveryId, by, command });
    if (back.ok) await afterPeopleChanged(context, by, before);
    return back;
  }
  const { toId, untilDate } = away;
  const { settings } = context.book.now();
  const untilAt = settings && endOfDay(untilDate, settings);
  if (untilAt === null)
    return { ok: false, refusal: { reason: 'invalid', field: 'untilAt', problem: 'must be a date' } };
  await syncMember(context, toId);
  const changed = await submitChange(context, { deliveryId, by, command: { kind: 'set_delegate', toId, untilAt } });
  if (!changed.ok) return changed;
  const told = await context.messenger.tell(
    directly(toId),
    { kind: 'delegate_named', by, untilAt },
    { onceKey: `delegate/${deliveryId}` },
  );
  if (told.kind === 'failed') context.log.warn({ toId, code: told.code }, 'could not tell delegate');
  await afterPeopleChanged(context, by, toId, before);
  return changed;
}
