import { isMap } from 'immutable';
import { expect } from 'vitest';
import { fold } from '../../src/ledger/apply/apply.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Refusal } from '../../src/ledger/refusals.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { assertLine, parseLine } from '../../src/storage/journal/line.ts';
import type { Asked } from './fixtures.ts';
import { answerTo, type History, historyOf, type Step } from './history.ts';

/**
 * given(what happened).when(a command).then(facts), or .thenRefused(refusal). What happened is commands, each of which
 * has to be accepted, or lines. A step without a time happens when the one before it did; without an id it gets one.
 */
export function given(...steps: readonly (Step | readonly Step[])[]) {
  const before = historyOf(steps.flat() as Step[]);
  return {
    ...before,
    when: (asked: Asked) => when(before, asked),
  };
}

function when(before: History, asked: Asked) {
  const { line, state } = answerTo(before.state, asked);
  checkAll({ state, lines: [...before.lines, line] });
  return {
    state,
    line,
    lines: [...before.lines, line],
    /** Accepted, with at least these facts. */
    // biome-ignore lint/suspicious/noThenProperty: given, when and then are the words; this is never awaited.
    then(facts: DeepPartial<Line>) {
      expect(line).toMatchObject(facts);
      return { state, line };
    },
    /** Refused, with at least this much of the reason; nothing is new but the line and the request. */
    thenRefused(refusal: DeepPartial<Refusal>) {
      expect(line).toMatchObject({ kind: 'refused', wish: asked.kind, refusal });
      const { seq, lastAt, bursts, jumps, tally, blocked } = state;
      expect(plain({ ...before.state, seq, lastAt, bursts, jumps, tally, blocked })).toEqual(plain(state));
      return { state, line };
    },
  };
}

/** What holds for every history: it verifies, it adds up to its state, and it can be written and read back. */
export function checkAll({ state, lines }: History) {
  const verifier = new Verifier(state.workspace, contentHash);
  for (const line of lines) verifier.add(line);
  const verified = verifier.result();
  if (!verified.ok) throw new Error(`line ${verified.seq}: ${verified.problem}`);
  expectSame(plain(verified.state), plain(state));
  expectSame(plain(fold(emptyState(state.workspace), lines)), plain(state));
  for (const line of lines) {
    assertLine(line);
    expectSame(parseLine(JSON.stringify(line), 1), line);
  }
}

/** `expect`'s comparison is thorough and slow: it is asked where the quick one does not settle it. */
export function expectSame(one: unknown, other: unknown) {
  if (JSON.stringify(one) !== JSON.stringify(other)) expect(one).toEqual(other);
}

/** A state as plain objects: two that mean the same are equal, however their maps came about. */
export const plain = (state: State): Record<string, unknown> =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, isMap(value) ? value.toObject() : value]));

export type DeepPartial<Value> = Value extends readonly (infer Each)[]
  ? readonly DeepPartial<Each>[]
  : Value extends object
    ? { [Key in keyof Value]?: DeepPartial<Value[Key]> }
    : Value;
