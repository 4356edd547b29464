import { type AccountId, AGENCY } from '../accounts.ts';
import { applyClock } from '../apply/clock.ts';
import { resume, stop } from '../apply/spending.ts';
import type { ClockKinds } from '../commands/clock.ts';
import type { SpendingKinds } from '../commands/spending.ts';
import { correctClock, isAheadOf } from '../decide/clock.ts';
import { resumeSpending, stopSpending } from '../decide/spending.ts';
import { count, orAbsent, text, whole } from './check.ts';
import { type Entries, NO_ACCOUNTS, NOTHING_WRONG } from './kind.ts';

const ofAgency = { about: NO_ACCOUNTS, accounts: (): readonly AccountId[] => [AGENCY] };

export const spendingKinds: Entries<SpendingKinds> = {
  spending_stopped: {
    ...ofAgency,
    command: 'stop_spending',
    decide: stopSpending,
    shape: { brokenSeq: count, problem: text, brokenHash: orAbsent(text) },
    apply: stop,
    invariant: NOTHING_WRONG,
  },
  spending_resumed: {
    ...ofAgency,
    command: 'resume_spending',
    decide: resumeSpending,
    shape: { stopId: text },
    apply: resume,
    invariant: NOTHING_WRONG,
  },
};

export const clockKinds: Entries<ClockKinds> = {
  clock_corrected: {
    ...ofAgency,
    command: 'correct_clock',
    decide: correctClock,
    shape: { wrongAt: whole },
    apply: applyClock,
    invariant: ({ wrongAt, at }, { before }) =>
      wrongAt === before.lastAt && isAheadOf(before, at) ? null : 'corrects a time that was not ahead',
  },
};
