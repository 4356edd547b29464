import { wrongClocks } from './wrong-clocks.ts';

wrongClocks({ runs: 150, sqliteRuns: 10, seed: 2027 });
