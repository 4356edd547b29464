import { BookFault } from '../../book/decide-batch.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { hoursOf } from '../../reports/alerts/hours-used.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { drawSoon } from './mute-alerts.ts';

/** After two weeks the days themselves say what is usual. */
const EXPECTED_FOR_MS = 14 * 86_400_000;
/** Hours up to a quarter above the expected one count as expected, too. */
const EXPECTED_TIMES = 1.25;

export type Expected = ChangeResult & { untilAt: number };

/**
 * Takes hours like this one as usual for a while, because a person who is responsible says so. How much was used in it is read
 * from the ledger. `hour`: null for the largest hour of the date. Null where nothing is known to have been used then.
 */
export async function expectUse(
  context: AppContext,
  { deliveryId, by, account, date, hour }: ChangeInput<{ account: AccountId; date: string; hour: number | null }>,
): Promise<Expected | null> {
  const hours = hoursOf(await context.book.read(), account, date);
  const hourCredits = hour === null ? Math.max(...hours) : (hours[hour] ?? 0);
  if (hourCredits === 0) return null;
  const untilAt = context.clock.now() + EXPECTED_FOR_MS;
  const hourMaxCredits = Math.ceil(hourCredits * EXPECTED_TIMES);
  const present = context.book.now().alerts.get(account)?.expected;
  // A second click is no second choice.
  const isSo = present && present.hourMaxCredits >= hourMaxCredits && present.untilAt > context.clock.now();
  const command = { kind: 'expect_use', account, hourMaxCredits, untilAt } as const;
  const changed = await submitChange(context, {
    deliveryId,
    by,
    command: isSo ? { ...command, ...limitsOf(present) } : command,
  }).catch(async (error: unknown) => {
    if (!(error instanceof BookFault && error.code === 'id_reused')) throw error;
    // The same click in another process was quicker, at another millisecond: that one counts.
    await context.book.read();
    return { ok: true } as const;
  });
  if (!changed.ok) return { ...changed, untilAt };
  await drawSoon(context);
  return { ...changed, untilAt: context.book.now().alerts.get(account)?.expected?.untilAt ?? untilAt };
}

const limitsOf = ({ hourMaxCredits, untilAt }: { hourMaxCredits: number; untilAt: number }) => ({
  hourMaxCredits,
  untilAt,
});
