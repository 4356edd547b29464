import { staleForms } from './stale-forms-random.ts';

staleForms({ runs: 80, seed: 7 });
