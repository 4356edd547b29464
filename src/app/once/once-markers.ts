import type { AppContext } from '../context.ts';

const REMEMBERED_MAX = 50_000;

/**
 * A mark that is never changed or taken away once it stands, or null. Rounds that come every minute ask for the same ones
 * again and again: those that were found are remembered, and only what is not there yet is asked of the records.
 */
export async function onceMarker(context: AppContext, key: string): Promise<string | null> {
  const remembered = rememberedMarker(context, key);
  if (remembered !== null) return remembered;
  const { book, records } = context;
  const value = await records.marks.get({ workspace: book.workspace, key });
  if (value !== null) remember(context, key, value);
  return value;
}

/** Writes one, and remembers it: `taken` where another one stands, which is not looked at here. */
export async function putOnceMarker(context: AppContext, key: string, value: string): Promise<'put' | 'taken'> {
  const { book, records, clock } = context;
  const put = await records.marks.put({ workspace: book.workspace, key, value, at: clock.now() });
  if (put === 'put') remember(context, key, value);
  return put;
}

/** Null also where it stands and this process has not seen it yet. */
export function rememberedMarker(context: AppContext, key: string): string | null {
  return rememberedIn(context).get(key) ?? null;
}

function remember(context: AppContext, key: string, value: string): void {
  const known = rememberedIn(context);
  if (known.size >= REMEMBERED_MAX) known.clear();
  known.set(key, value);
}

function rememberedIn({ book, records }: AppContext): Map<string, string> {
  let workspaces = remembered.get(records);
  if (!workspaces) {
    workspaces = new Map();
    remembered.set(records, workspaces);
  }
  let known = workspaces.get(book.workspace);
  if (!known) {
    known = new Map();
    workspaces.set(book.workspace, known);
  }
  return known;
}

/** By workspace. Of each process its own: another one's records have other marks. */
const remembered = new WeakMap<AppContext['records'], Map<string, Map<string, string>>>();
