import { constants } from 'node:os';

/** What ends the process, and what does not. Uses nothing but Node: it has to be there before anything else is loaded. */
export type ProcessLife = {
  /** From now on a signal stops the process so; before, it simply ends. */
  stopBy(stop: () => Promise<void>): void;
  /** From now on, uncaught errors are written with this. */
  reportBy(report: Report): void;
};

/**
 * `goes_on` after an unhandled rejection: it does not touch other work. `stops` after any other uncaught error: it may
 * have left something half done in memory, which the next start reads again from the ledger.
 */
export type Report = (error: unknown, then: 'goes_on' | 'stops') => void;

/** Whatever still runs after that is finished by the next start, from its last recorded step. */
const STOP_WITHIN_MS = 28_000;
/** npm passes on what the terminal has sent to both: two signals that mean one. */
const ONE_STOP_MS = 500;

export function watchProcess({ underNpm }: { underNpm: boolean }): ProcessLife {
  let stop = async () => {};
  let report: Report = (error) => console.error(`Inkwell failed before it was ready: ${String(error)}`);
  let endingSince: number | null = null;

  const end = async (code: number) => {
    endingSince = performance.now();
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await stop().catch((error: unknown) => report(error, 'stops'));
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (endingSince === null) return void end(0);
      if (underNpm && performance.now() - endingSince < ONE_STOP_MS) return;
      process.exit(128 + constants.signals[signal]);
    });
  }
  process.on('unhandledRejection', (error) => report(error, 'goes_on'));
  process.on('uncaughtException', (error) => {
    // The reader of the output has gone. That is no reason to end, and there is no place to say it.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return;
    report(error, 'stops');
    if (endingSince === null) void end(1);
  });
  return {
    stopBy: (by) => {
      stop = by;
    },
    reportBy: (by) => {
      report = by;
    },
  };
}
