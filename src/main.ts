import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { pino } from 'pino';
import { realClock } from './clock.ts';
import { ConfigFault, readConfig } from './config.ts';
import { StartFault, start } from './start.ts';

const STOP_WITHIN_MS = 28_000;

try {
  const config = readConfig(
    { ...environmentFile('.env'), ...process.env },
    Intl.DateTimeFormat().resolvedOptions().timeZone,
  );
  const log = pino({ level: config.logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
  const running = await start(config, { clock: realClock, log });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(running.stop));
  console.log(running.greeting);
} catch (error) {
  if (!isExpected(error)) throw error;
  const problems = error instanceof ConfigFault ? error.problems : [error.message];
  console.error(['Inkwell was not started:', ...problems.map((each) => `- ${each}`)].join('\n'));
  process.exitCode = 1;
}

/** Whatever still runs after that is finished by the next start, from its last recorded step. */
async function stop(stopAll: () => Promise<void>) {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await stopAll();
  process.exit(0);
}

/** Problems that a person can do something about: a sentence helps them more than a stack. */
function isExpected(error: unknown): error is Error {
  return (
    ['ConfigFault', 'StartFault', 'SqliteFault', 'MongoFault'].includes((error as Error).name) ||
    error instanceof StartFault
  );
}

function environmentFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
