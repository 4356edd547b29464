import type { AppContext } from '../app/context.ts';
import { sendClientDigests } from '../app/digest/send-client-digests.ts';
import { sendDigests } from '../app/digest/send-digests.ts';
import { tellPeers } from '../app/peer-check/tell-peers.ts';
import { checkLedger } from '../app/self-check/check-ledger.ts';
import type { Settings } from '../ledger/state.ts';

/** What is done at given times, by the clock on the workspace's wall. A tick is the date that it is for. */
export type Row = {
  /** In the marks of what was done: never used for something else. */
  name: string;
  /** Names one time of day, and days: `30 3 * * *`, `0 9 * * 1`. Takes it from the settings where owners choose it. */
  expression: string | ((settings: Settings) => string);
  /** Says with which tick a row begins that was never planned: the one that is due still, or the one that comes. */
  begins: 'with_last_tick' | 'with_next_tick';
  /** How long after its time a tick is made up for that was slept through. Null: for a day. */
  madeUpWithinMs: number | null;
  /** Safe to repeat: a process may die in the middle of it. */
  run(context: AppContext, tick: string): Promise<void>;
};

const digestExpression = ({ digest: { weekday, minuteOfDay } }: Settings) =>
  `${minuteOfDay % 60} ${Math.floor(minuteOfDay / 60)} * * ${weekday}`;

export const SCHEDULE: readonly Row[] = [
  {
    name: 'self-check',
    // At night, when few images are made, and after most changes of the clocks.
    expression: '30 3 * * *',
    begins: 'with_last_tick',
    madeUpWithinMs: null,
    run: checkLedger,
  },
  {
    name: 'digest',
    expression: digestExpression,
    begins: 'with_next_tick',
    madeUpWithinMs: null,
    run: sendDigests,
  },
  {
    name: 'peer-check',
    expression: digestExpression,
    begins: 'with_next_tick',
    madeUpWithinMs: null,
    run: tellPeers,
  },
  {
    name: 'client-digest',
    expression: digestExpression,
    begins: 'with_next_tick',
    madeUpWithinMs: null,
    run: sendClientDigests,
  },
];

export const expressionOf = ({ expression }: Row, settings: Settings): string =>
  typeof expression === 'string' ? expression : expression(settings);
