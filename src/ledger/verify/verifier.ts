import { apply } from '../apply/apply.ts';
import { kindOf, touchedBy } from '../kinds/kinds.ts';
import type { Balance, Line } from '../lines.ts';
import { emptyState, type State } from '../state.ts';
import { balancesAfter } from '../usage/balances.ts';
import { statesItsCommand } from './command-of-line.ts';

export type Verification = { ok: true; state: State; linesCount: number; last: Line | null } | ({ ok: false } & Wrong);

/**
 * What is wrong with a ledger: a line is not as it was written, lines before one are missing, its last lines are missing,
 * or a line cannot be read. People are told in words of their own; `problem` is for those who mend it.
 */
export type WrongKind = 'line' | 'gap' | 'end' | 'unreadable';

/** `brokenHash`: of the line as it was found; absent where lines are not hashed, or where there is no such line. */
type Wrong = { seq: number; kind: WrongKind; problem: string; brokenHash?: string };

/** A line by its number and its hash. */
export type Head = { seq: number; hash: string };

/**
 * The newest line that was known at some time, kept apart from the journal: lines that are cut off the end are missed by it.
 * `acceptedSeq`: up to this line a person has accepted the ledger as it is, and its hashes are not compared.
 */
export type KeptHead = Head & { acceptedSeq: number };

/** How lines are chained. `first`: what the first line carries. */
export type Chain = { hashOf(line: Line): string; first: string; kept?: KeptHead | null };

/** Of a line whose hash was kept apart. */
export const NOT_THE_LINE = 'is not the line that was there when the ledger was last checked or stopped';
const CUT = 'the end of the ledger was removed';

/** Two lines that do not fit together: `second` does not carry the hash of the line before it. */
type Doubt = Wrong & { secondSeq: number; carried: string };

/**
 * Folds a journal again from its first line, and names the first line that cannot be right. With the hash of commands at
 * hand it also finds what no balance shows, such as a changed cost or name; with that of lines, any change to any field.
 */
export class Verifier {
  private state: State;
  private linesCount = 0;
  /** The newest line that was added, and the one that the state ends with. They differ while `second` waits. */
  private newest: Line | null = null;
  private last: Line | null = null;
  private wrong: Wrong | null = null;
  private isChained: boolean;
  /** A line that does not carry the hash of the one before it. The next line tells which of the two was changed. */
  private second: Line | null = null;
  private doubts: Doubt[] = [];

  constructor(
    workspace: string,
    private readonly hashOf: ((content: unknown) => string) | null = null,
    private readonly chain: Chain | null = null,
  ) {
    this.state = emptyState(workspace);
    this.isChained = (chain?.kept?.acceptedSeq ?? 0) > 0;
  }

  /** False once a line cannot be right: later lines are not looked at, because they build on the wrong one. */
  add(line: Line): boolean {
    this.settle(line);
    if (this.wrong) return false;
    this.wrong = this.checkPlace(line) ?? this.checkChain(line);
    this.newest = line;
    if (!this.second) this.take(line);
    return this.wrong === null;
  }

  result(): Verification {
    this.settle(null);
    const [first] = [...this.doubts, ...(this.wrong ? [this.wrong] : [])].sort((one, other) => one.seq - other.seq);
    if (first) {
      const { seq, kind, problem, brokenHash } = first;
      return { ok: false, seq, kind, problem, ...(brokenHash === undefined ? {} : { brokenHash }) };
    }
    const keptSeq = this.chain?.kept?.seq ?? 0;
    if (keptSeq > this.linesCount) {
      return {
        ok: false,
        seq: this.linesCount + 1,
        kind: 'end',
        problem: `is missing, and line ${keptSeq} was: ${CUT}`,
      };
    }
    return { ok: true, state: this.state, linesCount: this.linesCount, last: this.last };
  }

  private take(line: Line): void {
    if (this.wrong) return;
    const problem = this.check(line);
    if (problem) {
      this.wrong = this.wrongAt(line, problem);
      return;
    }
    this.linesCount += 1;
    this.last = line;
    // A line that was written on the wrong one, by a process that had read it so, keeps its hash when that is put right.
    if (line.kind === 'spending_stopped') {
      const { brokenSeq, brokenHash } = line;
      this.doubts = this.doubts.filter(
        ({ secondSeq, carried }) => secondSeq !== brokenSeq + 1 || carried !== brokenHash,
      );
    }
  }

  /** Finds which of two lines was changed. The second one was not if the line after it carries its hash. */
  private settle(after: Line | null): void {
    const { second, last, chain } = this;
    if (!second || !chain) return;
    this.second = null;
    const { seq: secondSeq, previousHash: carried = '' } = second;
    const isNotCarried = after?.previousHash !== undefined && after.previousHash !== chain.hashOf(second);
    const isSecond = last === null || isNotCarried || this.isNotTheKept(second);
    const wrong = isSecond
      ? this.wrongAt(second, 'was changed, or a line before it was removed: the hashes of the lines do not fit')
      : this.wrongAt(last, `was changed: line ${secondSeq} carries the hash of what it was`);
    this.doubts.push({ ...wrong, secondSeq, carried });
    this.take(second);
  }

  private isNotTheKept(line: Line): boolean {
    const { chain } = this;
    return chain?.kept?.seq === line.seq && chain.hashOf(line) !== chain.kept.hash;
  }

  private wrongAt(line: Line, problem: string, kind: WrongKind = 'line'): Wrong {
    return { seq: line.seq, kind, problem, ...(this.chain ? { brokenHash: this.chain.hashOf(line) } : {}) };
  }

  private checkPlace(line: Line): Wrong | null {
    const expectedSeq = (this.newest?.seq ?? 0) + 1;
    if (line.workspace !== this.state.workspace) return this.wrongAt(line, `belongs to workspace ${line.workspace}`);
    return line.seq === expectedSeq ? null : this.wrongAt(line, `line ${expectedSeq} is missing`, 'gap');
  }

  /** From the first line that carries the hash of the one before it, each has to. */
  private checkChain(line: Line): Wrong | null {
    const { chain, newest } = this;
    if (!chain || line.seq <= (chain.kept?.acceptedSeq ?? 0)) return null;
    if (line.previousHash === undefined) {
      return this.isChained ? this.wrongAt(line, 'does not carry the hash of the line before it') : null;
    }
    this.isChained = true;
    if (line.previousHash !== (newest ? chain.hashOf(newest) : chain.first)) this.second = line;
    return null;
  }

  private check(line: Line): string | null {
    if (line.at < this.state.lastAt && line.kind !== 'clock_corrected') return 'is older than the line before it';
    let next: State;
    let balances: readonly Balance[];
    try {
      next = apply(this.state, line);
      balances = balancesAfter(next, touchedBy(line), line.at);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const stated = line.balances.map(spoken).join('; ');
    const expected = balances.map(spoken).join('; ');
    if (stated !== expected) return `it states ${stated || 'no balances'}, the lines add up to ${expected}`;
    if (this.hashOf !== null && !statesItsCommand(line, this.hashOf))
      return 'does not state what its command asked for';
    const broken = kindOf(line).invariant(line, { before: this.state, next });
    if (broken) return broken;
    if (this.isNotTheKept(line)) return NOT_THE_LINE;
    this.state = next;
    return null;
  }
}

const spoken = ({ account, window, usedCredits, heldCredits, availableCredits }: Balance) =>
  `${account} ${window} used ${usedCredits} held ${heldCredits} available ${availableCredits ?? 'unlimited'}`;
