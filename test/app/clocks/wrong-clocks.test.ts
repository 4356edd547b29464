import { wrongClocks } from './wrong-clocks.ts';

wrongClocks({ runs: 10, sqliteRuns: 3, seed: 2026 });
