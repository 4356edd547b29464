import { staleForms } from './stale-forms-random.ts';

/** Many more are in the long proofs. */
staleForms({ runs: 2, seed: 11 });
