import { isLocked } from './result-code.ts';

/**
 * How long a locked file is waited for. Less than the three seconds in which people are answered, so that the answer can
 * say that nothing was written.
 */
export const WAIT_MS = 2_300;
/** Short at first: most locks are another connection's single write. */
const PAUSES_MS = [1, 2, 5, 10, 20];
const PAUSE_MS = 25;

/**
 * What `work` answers, tried again while the file is locked. SQLite itself waits without letting anything else happen in
 * this process, so it does not wait at all: the pauses are ours, and everybody else goes on meanwhile.
 */
export async function patiently<Result>(work: () => Result, { waitMs = WAIT_MS } = {}): Promise<Result> {
  const untilMs = performance.now() + waitMs;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= untilMs) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSES_MS[attempt] ?? PAUSE_MS));
  }
}
