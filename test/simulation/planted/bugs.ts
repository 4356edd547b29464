import { IN_APP } from './in-app.ts';
import { IN_CLOCKS } from './in-clocks.ts';
import { IN_LEDGER } from './in-ledger.ts';

/** A mistake that somebody could make, and the law that it breaks. `find` stands in the file exactly once. */
export type Bug = { name: string; law: string; file: string; find: string; put: string };

export const BUGS: readonly Bug[] = [...IN_LEDGER, ...IN_APP, ...IN_CLOCKS];
