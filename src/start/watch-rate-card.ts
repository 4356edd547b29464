import type { Config } from '../config.ts';
import type { Log } from '../ports/ports.ts';
import { rateCardFile } from './rate-card-file.ts';

type Running = Pick<Config, 'rateCardPath' | 'rateCards' | 'endpoints'>;

/**
 * Tells the operator, once for each change, that the file that `RATE_CARD` names no longer says what was read at start. Servers,
 * keys and prices change together, and only at a start, which refuses a file with a mistake.
 */
export function createRateCardWatch(
  { rateCardPath: path, rateCards: cards, endpoints }: Running,
  log: Log,
): () => Promise<void> {
  const atStart = contentOf({ cards, endpoints }, []);
  let told = atStart;
  return async () => {
    if (path === null) return;
    const { rates, problems } = rateCardFile(path, []);
    const content = contentOf(rates, problems);
    if (content === told) return;
    told = content;
    if (content === atStart) log.info({ path }, 'the rate card is again what Inkwell has read at its start');
    else if (problems.length > 0) log.warn({ path, problems }, BROKEN);
    else log.warn({ path }, CHANGED);
  };
}

const CHANGED =
  'the rate card has changed. Inkwell still uses the prices that it read at its start; restart it to use the new ones';
const BROKEN =
  'the rate card has changed and has mistakes. Inkwell still uses what it read at its start, and will not start again until they are mended';

/** Keys are none of it: they come from other variables. */
const contentOf = (
  {
    cards,
    endpoints,
  }: Pick<ReturnType<typeof rateCardFile>['rates'], 'cards'> & {
    endpoints: readonly { name: string; baseUrl: string }[];
  },
  problems: readonly string[],
): string => JSON.stringify([cards, endpoints.map(({ name, baseUrl }) => [name, baseUrl]), problems]);
