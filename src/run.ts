import { type Logger, pino } from 'pino';
import { readConfig } from './config.ts';
import { factsOf } from './slack/platform/error-facts.ts';
import { newReference } from './start/build-context.ts';
import { environmentHere } from './start/environment-file.ts';
import type { ProcessLife } from './start/process-life.ts';
import { realClock } from './start/real-clock.ts';
import { start } from './start/start.ts';
import { whyNotStarted } from './start/why-not-started.ts';

/** Starts Inkwell from the environment, or says in a sentence why not. */
export async function run(life: ProcessLife, environment: Record<string, string | undefined>): Promise<void> {
  const breakOff = new AbortController();
  let log: Logger | null = null;
  try {
    const config = readConfig(environmentHere(environment), Intl.DateTimeFormat().resolvedOptions().timeZone);
    log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
    life.reportBy(reportIn(log));
    const starting = start(config, { clock: realClock, log, signal: breakOff.signal });
    life.stopBy(async () => {
      breakOff.abort();
      await (await starting.catch(() => null))?.stop();
    });
    console.log((await starting).greeting);
  } catch (error) {
    // The person who stopped it knows why.
    if (breakOff.signal.aborted) return;
    log?.debug(factsOf(error), 'not started');
    console.error(['Inkwell couldn’t start:', ...whyNotStarted(error).map((each) => `- ${each}`)].join('\n'));
    process.exit(1);
  }
}

const reportIn = (log: Logger) => (error: unknown, then: 'goes_on' | 'stops') =>
  log.error(
    { reference: newReference(), ...factsOf(error) },
    then === 'goes_on' ? 'uncaught fault, Inkwell continues' : 'uncaught fault, Inkwell stops',
  );
