import { staleForms } from './stale-forms-random.ts';

staleForms({ runs: 40, seed: 7 });
