import { accountsOf } from '../accounts.ts';
import { capture, giveBack, hold as held, slip } from '../apply/holds.ts';
import type { HeldPart, HoldsKinds } from '../commands/holds.ts';
import { captureHold, slipHold, voidHold } from '../decide/end-hold.ts';
import { hold } from '../decide/hold.ts';
import { brokenCapture, brokenEnd, brokenHold } from '../verify/invariants.ts';
import { count, listOf, text } from './check.ts';
import { type Entries, NO_ACCOUNTS } from './kind.ts';
import { chargedTo, exceeded, holding, spend, voidReason } from './shapes.ts';

const ended = { ...spend, heldCredits: count, holdId: text };

/** Free images: what was below a limit stays as it was. */
const takesNothing = ({ holds }: { holds: readonly HeldPart[] }) =>
  holds.every(({ amountCredits }) => amountCredits === 0);

export const holdsKinds: Entries<HoldsKinds> = {
  held: {
    command: 'hold',
    about: NO_ACCOUNTS,
    decide: hold,
    shape: { ...holding, warnings: listOf(exceeded) },
    accounts: accountsOf,
    apply: held,
    invariant: (line, around) =>
      brokenHold(line, { ...around, of: line.commandId, floor: takesNothing(line) ? around.before : null }),
    /** The digest of what was asked for is not on the line. */
    commands: () => [],
  },
  captured: {
    command: 'capture',
    about: NO_ACCOUNTS,
    decide: captureHold,
    shape: { ...ended, capturedCredits: count, costMicroUsd: count, chargedTo },
    accounts: accountsOf,
    apply: capture,
    invariant: brokenCapture,
    commands: ({ by, holdId, capturedCredits, costMicroUsd }) => [
      { by, kind: 'capture', holdId, capturedCredits, costMicroUsd },
    ],
  },
  voided: {
    command: 'void',
    about: NO_ACCOUNTS,
    decide: voidHold,
    shape: { ...ended, reason: voidReason },
    accounts: accountsOf,
    apply: giveBack,
    invariant: brokenEnd,
    commands: ({ by, holdId, reason }) => [{ by, kind: 'void', holdId, reason }],
  },
  slipped: {
    command: 'slip',
    about: NO_ACCOUNTS,
    decide: slipHold,
    shape: ended,
    accounts: accountsOf,
    apply: slip,
    invariant: brokenEnd,
    commands: ({ by, holdId }) => [{ by, kind: 'slip', holdId }],
  },
};
