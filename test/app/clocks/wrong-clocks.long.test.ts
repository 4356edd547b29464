import { wrongClocks } from './wrong-clocks.ts';

wrongClocks({ runs: 600, sqliteRuns: 60, seed: 2027 });
