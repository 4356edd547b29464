import type { Changes } from './changes.ts';
import type { PassingTime } from './view.ts';

/** Lets a week pass; calls `tell` at each moment that it has come to. The owner of the clock does it: this workspace only reads it. */
export type LetWeekPass = (tell: () => void) => Promise<void>;

export type Passing = {
  look(): PassingTime;
  /** Begins, and does not wait for the end. Answers why not. */
  begin(): string | null;
};

/** Time that passes at a click: once at a time, and everyone's page hears of each step. */
export function createPassing(parts: {
  clock: () => number;
  changes: Changes;
  letWeekPass: LetWeekPass | null;
}): Passing {
  const { clock, changes, letWeekPass } = parts;
  let isPassing = false;
  let problem: string | null = null;
  const tell = () => changes.tell('state', null);

  const pass = async (work: LetWeekPass) => {
    try {
      await work(tell);
    } catch (error) {
      problem = `The week did not pass to its end: ${error instanceof Error ? error.message : String(error)}`;
    }
    isPassing = false;
    tell();
  };

  return {
    look: () => ({ now: clock(), canPass: letWeekPass !== null, isPassing, problem }),
    begin() {
      if (!letWeekPass) return 'Time cannot be moved here.';
      if (isPassing) return 'A week is passing already.';
      isPassing = true;
      problem = null;
      tell();
      void pass(letWeekPass);
      return null;
    },
  };
}
