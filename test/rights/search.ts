import type { CommandBody } from '../../src/ledger/commands/commands.ts';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import type { Line } from '../../src/ledger/lines.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { MONDAY } from '../support/clock.ts';
import { commandOf, WORKSPACE } from '../support/fixtures.ts';
import { type Auditor, createAuditor } from './auditor.ts';
import { spendings } from './spendings.ts';
import { type Act, actsOf } from './wishes.ts';
import type { SmallWorld } from './worlds.ts';

/** What was done since the owner, and where it led. */
export type Node = { state: State; lines: readonly Line[]; acts: readonly Act[] };

export type Finding = { world: string; acts: string[]; broken: string[] };

export function startOf({ name, steps }: SmallWorld): Node {
  let state = emptyState(WORKSPACE);
  for (const [index, { at: _, ...step }] of steps.entries()) {
    const { line, state: next } = handleCommand(state, commandOf(step, `given-${index}`), {
      now: MONDAY,
      commandHash: '',
    });
    if (!line || line.kind === 'refused') throw new Error(`${name}: ${JSON.stringify([step, line])}`);
    state = next;
  }
  return { state, lines: [], acts: [] };
}

/** The node after one more act; null where the ledger refuses it. */
export function after({ state, lines, acts }: Node, act: Act, atMs = MONDAY): Node | null {
  const content = JSON.stringify(act);
  const times = acts.filter((each) => JSON.stringify(each) === content).length;
  const commandId = `${idOf(content)}-${times}`;
  const { line, state: next } = handleCommand(state, { commandId, ...act }, { now: atMs, commandHash: '' });
  if (!line || line.kind === 'refused') return null;
  return { state: next, lines: [...lines, line], acts: [...acts, act] };
}

/** The same act has the same id in whatever order it comes, so that two orders that lead to one state are one. */
function idOf(content: string): string {
  let hash = 0;
  for (let index = 0; index < content.length; index += 1) hash = (Math.imul(hash, 31) + content.charCodeAt(index)) | 0;
  return (hash >>> 0).toString(36);
}

/** Two states that mean the same have one text: in the order of their keys, and without what only counts lines. */
export const canonical = ({ seq: _, lastAt: __, bursts: ___, ...state }: State): string =>
  JSON.stringify(Object.values(state).map(inOrder));

const inOrder = (value: unknown): unknown =>
  isMapLike(value) ? [...value.entries()].sort(([a], [b]) => (a < b ? -1 : 1)) : value;
const isMapLike = (value: unknown): value is { entries(): IterableIterator<[string, unknown]> } =>
  typeof value === 'object' && value !== null && 'entries' in value && typeof value.entries === 'function';

/** Asks of a node, and of all that could be spent from there, whether an owner's limit is broken. */
export function audit(auditor: Auditor, node: Node): string[] {
  const found = new Set(auditor(node.lines, node.state));
  for (const { lines, state } of spendings(node)) for (const broken of auditor(lines, state)) found.add(broken);
  return [...found];
}

/** `kinds`: only these, where it is known what a long sequence is made of. */
type Depth = { depth: number; findingsMax?: number; kinds?: readonly CommandBody['kind'][] };

type Searched = { statesCount: number; actsCount: number; findings: Finding[] };

/** Every sequence up to a depth; a state that was seen, at whatever depth, is not gone into again. */
export function searchAll(world: SmallWorld, { depth, findingsMax = 20, kinds }: Depth): Searched {
  const start = startOf(world);
  const auditor = createAuditor(start.state);
  const seen = new Set([canonical(start.state)]);
  const findings: Finding[] = [];
  let actsCount = 0;
  let level: Node[] = [start];
  record(findings, world, start, audit(auditor, start));
  for (let length = 0; length < depth; length += 1) {
    const next: Node[] = [];
    for (const node of level) {
      for (const act of actsOf(node.state)) {
        if (kinds && !kinds.includes(act.kind)) continue;
        actsCount += 1;
        const reached = after(node, act);
        if (!reached) continue;
        const text = canonical(reached.state);
        if (seen.has(text)) continue;
        seen.add(text);
        next.push(reached);
        record(findings, world, reached, audit(auditor, reached));
        if (findings.length >= findingsMax) return { statesCount: seen.size, actsCount, findings };
      }
    }
    level = next;
  }
  return { statesCount: seen.size, actsCount, findings };
}

function record(findings: Finding[], { name }: SmallWorld, { acts }: Node, broken: string[]): void {
  if (broken.length > 0) findings.push({ world: name, acts: acts.map(wordsOf), broken });
}

export const wordsOf = ({ by, kind, ...rest }: Act): string => `${by} ${kind} ${JSON.stringify(rest)}`;

/** A long walk by chance: only acts that are accepted count as steps; days pass now and then. */
export function searchByChance(world: SmallWorld, { seed, steps }: { seed: number; steps: number }): Searched {
  const start = startOf(world);
  const auditor = createAuditor(start.state);
  const chance = generator(seed);
  let node = start;
  let atMs = MONDAY;
  let actsCount = 0;
  for (let taken = 0; taken < steps; ) {
    if (chance() < 0.03) atMs += 86_400_000;
    const acts = actsOf(node.state);
    const kinds = [...new Set(acts.map(({ kind }) => kind))];
    // A kind first: else the many limits there are would be nearly all that is tried.
    const kind = kinds[Math.floor(chance() * kinds.length)];
    const ofKind = acts.filter((act) => act.kind === kind);
    const act = ofKind[Math.floor(chance() * ofKind.length)];
    actsCount += 1;
    if (actsCount > steps * 200) break;
    const reached = act ? after(node, act, atMs) : null;
    if (!reached) continue;
    taken += 1;
    node = reached;
    const broken = audit(auditor, node);
    if (broken.length > 0) {
      return {
        statesCount: taken,
        actsCount,
        findings: [{ world: `${world.name}, seed ${seed}`, acts: node.acts.map(wordsOf), broken }],
      };
    }
  }
  return { statesCount: node.acts.length, actsCount, findings: [] };
}

/** Mulberry32: small, and the same everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
