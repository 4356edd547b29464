import { IN_APP } from './in-app.ts';
import { IN_CLOCKS } from './in-clocks.ts';
import { IN_LEDGER } from './in-ledger.ts';
import { IN_WEEK } from './in-week.ts';

/**
 * A mistake that somebody could make, and the law that it breaks. `find` stands in the file exactly once. `isOfWeek`: the weeks
 * find it.
 */
export type Bug = { name: string; law: string; file: string; find: string; put: string; isOfWeek?: true };

export const BUGS: readonly Bug[] = [...IN_LEDGER, ...IN_APP, ...IN_CLOCKS, ...IN_WEEK];
