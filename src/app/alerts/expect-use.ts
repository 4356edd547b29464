import type { AccountId } from '../../ledger/accounts.ts';
import type { AppContext } from '../context.ts';
import type { ChangeInput, ChangeResult } from '../inputs.ts';
import { submitChange } from '../submit-change.ts';
import { drawSoon } from './mute-alerts.ts';

/** After two weeks the days themselves say what is usual. */
const EXPECTED_FOR_MS = 14 * 86_400_000;
/** What is like it, and a little more. */
const LIKE_IT = 1.25;

export type Expected = ChangeResult & { untilAt: number };

/** Hours like this one are usual for a while, because a person who is responsible says so. */
export async function expectUse(
  context: AppContext,
  { deliveryId, by, account, hourCredits }: ChangeInput<{ account: AccountId; hourCredits: number }>,
): Promise<Expected> {
  const untilAt = context.clock.now() + EXPECTED_FOR_MS;
  const hourMaxCredits = Math.ceil(hourCredits * LIKE_IT);
  const present = context.book.now().alerts.get(account)?.expected;
  // A second click is no second choice.
  const isSo = present && present.hourMaxCredits >= hourMaxCredits && present.untilAt > context.clock.now();
  const command = { kind: 'expect_use', account, hourMaxCredits, untilAt } as const;
  const changed = await submitChange(context, {
    deliveryId,
    by,
    command: isSo ? { ...command, ...limitsOf(present) } : command,
  });
  if (changed.ok) await drawSoon(context);
  return { ...changed, untilAt: isSo ? present.untilAt : untilAt };
}

const limitsOf = ({ hourMaxCredits, untilAt }: { hourMaxCredits: number; untilAt: number }) => ({
  hourMaxCredits,
  untilAt,
});
