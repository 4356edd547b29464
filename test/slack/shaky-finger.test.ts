import { afterAll } from 'vitest';
import { twoOnSqlite } from './on-sqlite.ts';
import { shakyFinger } from './shaky-finger.ts';

/** All gaps, and the other stores, are in the long proofs. */
const sqlite = twoOnSqlite();
shakyFinger('on SQLite, opened twice', sqlite.open, { gaps: [2_900, 3_100], processes: [1] });
afterAll(sqlite.close);
