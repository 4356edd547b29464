import { createRequire } from 'node:module';
import type { DatabaseSync } from '@photostructure/sqlite';
import { SqliteFault } from './fault.ts';

export type Database = InstanceType<typeof DatabaseSync>;
export type SqliteFlavour = 'auto' | 'builtin' | 'package';

/** Older builds can corrupt a WAL that several processes reset at once (SQLite 3.51.3 has the fix). */
const BUILTIN_MIN_VERSION = [3, 51, 3] as const;

/** Node's own SQLite where it is new enough, else the package with the same API. */
export function engine(flavour: SqliteFlavour): typeof DatabaseSync {
  const require = createRequire(import.meta.url);
  if (flavour !== 'package') {
    const builtin = loadBuiltin(require);
    if (builtin) return builtin;
    if (flavour === 'builtin')
      throw new SqliteFault('no_engine', 'This Node.js version has no built-in SQLite, or one that’s too old.');
  }
  return (require('@photostructure/sqlite') as { DatabaseSync: typeof DatabaseSync }).DatabaseSync;
}

function loadBuiltin(require: NodeJS.Require): typeof DatabaseSync | null {
  const version = (process.versions as Record<string, string | undefined>).sqlite;
  if (!version || !atLeast(version, BUILTIN_MIN_VERSION)) return null;
  try {
    return (require('node:sqlite') as { DatabaseSync: typeof DatabaseSync }).DatabaseSync;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_UNKNOWN_BUILTIN_MODULE') return null;
    throw error;
  }
}

function atLeast(version: string, minimum: readonly number[]): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, least] of minimum.entries()) {
    const part = parts[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
