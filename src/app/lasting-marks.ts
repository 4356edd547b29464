import type { World } from './world.ts';

const REMEMBERED_MAX = 50_000;

/**
 * A mark that nobody changes or takes away once it stands, or null. Rounds that come every minute ask for the same ones
 * again and again: those that were found are remembered, and only what is not there yet is asked of the records.
 */
export async function lastingMark({ book, records }: World, key: string): Promise<string | null> {
  const { workspace } = book;
  const known = rememberedOf(records);
  const name = `${workspace} ${key}`;
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const value = await records.marks.get({ workspace, key });
  if (value === null) return null;
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(name, value);
  return value;
}

function rememberedOf(records: World['records']): Map<string, string> {
  const known = remembered.get(records) ?? new Map<string, string>();
  remembered.set(records, known);
  return known;
}

/** Of each process its own: another one's records have other marks. */
const remembered = new WeakMap<World['records'], Map<string, string>>();
