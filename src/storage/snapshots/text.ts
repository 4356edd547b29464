import { createHash, hash } from 'node:crypto';
import { Map as ImmutableMap, isMap, List } from 'immutable';
import type { Line } from '../../ledger/lines.ts';
import { emptyState, type State } from '../../ledger/state.ts';
import { lineHash } from '../journal/line-text.ts';

/** 2: accounts count quarters and years. */
const FORMAT = 2;
/** Few enough entries for one part that a waiting answer is not delayed noticeably. */
const ENTRIES_A_PART = 200;

/** What a text is a snapshot of, besides the state: the first line of it. */
type Opening = {
  inkwell: 'snapshot';
  format: number;
  foldId: string;
  workspace: string;
  seq: number;
  /** Of the line at `seq`: a journal that was put back and went on differently has another line there. */
  lineHash: string;
  /** Everything of the state that is no map. */
  plain: Record<string, unknown>;
};

type Entries = readonly (readonly [string, unknown])[];

/**
 * A state as lines of JSON: an opening, the entries of its maps, and the digest of all that. In parts, so that a process that
 * writes them can let others go on in between; the state does not change meanwhile, because no state ever does.
 */
export function* writeText(state: State, { foldId, last }: { foldId: string; last: Line }): Generator<string> {
  const digest = createHash('sha256');
  const part = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`;
    digest.update(text);
    return text;
  };
  const { workspace, seq } = state;
  const plain = Object.fromEntries(Object.entries(state).filter(([, value]) => !isMap(value)));
  const opening: Opening = {
    inkwell: 'snapshot',
    format: FORMAT,
    foldId,
    workspace,
    seq,
    lineHash: lineHash(last),
    plain,
  };
  yield part(opening);
  for (const [name, map] of Object.entries(state)) {
    if (!isMap(map)) continue;
    let entries: [unknown, unknown][] = [];
    for (const entry of map) {
      entries.push(entry);
      if (entries.length < ENTRIES_A_PART) continue;
      yield part([name, entries]);
      entries = [];
    }
    if (entries.length > 0) yield part([name, entries]);
  }
  yield `${digest.digest('base64url')}\n`;
}

export type ReadText = { ok: true; state: State; lineHash: string } | { ok: false; problem: string };

/** The state that a text states, or why it states none that we could go by. */
export function readText(text: string, { workspace, foldId }: { workspace: string; foldId: string }): ReadText {
  const rows = text.split('\n');
  const whole = rows.pop() === '' && rows.length > 1;
  const sum = rows.pop();
  if (!whole || sum !== hash('sha256', `${rows.join('\n')}\n`, 'base64url')) return no('is torn or damaged');
  const [opening, ...entries] = rows.map((row) => JSON.parse(row) as unknown) as [Partial<Opening>, ...unknown[]];
  if (opening.inkwell !== 'snapshot' || opening.format !== FORMAT) return no('is of another format');
  if (opening.foldId !== foldId) return no('was folded by another version');
  if (opening.workspace !== workspace) return no(`is of workspace ${opening.workspace}`);
  const state = { ...emptyState(workspace), ...opening.plain } as State;
  return { ok: true, state: withEntries(state, entries as [string, Entries][]), lineHash: opening.lineHash ?? '' };
}

const no = (problem: string) => ({ ok: false as const, problem });

/** Set in the order in which they were written, so that small maps are gone through in the same order, too. */
function withEntries(state: State, all: readonly [string, Entries][]): State {
  const maps = new Map<string, ImmutableMap<string, unknown>>();
  for (const [name, entries] of all) {
    const map = maps.get(name) ?? ImmutableMap<string, unknown>().asMutable();
    for (const [key, value] of entries) map.set(key, value);
    maps.set(name, map);
  }
  const read: State = { ...state, ...Object.fromEntries([...maps].map(([name, map]) => [name, map.asImmutable()])) };
  return { ...read, images: read.images.map((ofDate) => List(ofDate)) };
}
