import { apply } from '../apply/apply.ts';
import type { Balance, Line } from '../lines.ts';
import { emptyState, type State } from '../state.ts';
import { balancesAfter, touchedBy } from '../usage/balances.ts';
import { commandsOfLine } from './command-of-line.ts';
import { violatedInvariant } from './invariants.ts';

export type Verification = { ok: true; state: State; linesCount: number } | { ok: false; seq: number; problem: string };

/**
 * Folds a journal again from its first line, and names the first line that cannot be right. With the hash of commands at
 * hand it also finds what no balance shows, such as a changed cost or name.
 */
export class Verifier {
  private state: State;
  private linesCount = 0;
  private problem: { seq: number; problem: string } | null = null;

  constructor(
    workspace: string,
    private readonly hashOf: ((content: unknown) => string) | null = null,
  ) {
    this.state = emptyState(workspace);
  }

  /** False once something is wrong: later lines are not looked at, because they build on the wrong one. */
  add(line: Line): boolean {
    if (this.problem) return false;
    const problem = this.check(line);
    if (problem) this.problem = { seq: line.seq, problem };
    else this.linesCount += 1;
    return problem === null;
  }

  result(): Verification {
    if (this.problem) return { ok: false, ...this.problem };
    return { ok: true, state: this.state, linesCount: this.linesCount };
  }

  private check(line: Line): string | null {
    const expectedSeq = this.state.seq + 1;
    if (line.workspace !== this.state.workspace) return `belongs to workspace ${line.workspace}`;
    if (line.seq !== expectedSeq) return `line ${expectedSeq} is missing`;
    if (line.at < this.state.lastAt && line.kind !== 'clock_corrected') return 'is older than the line before it';
    let next: State;
    try {
      next = apply(this.state, line);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const balances = balancesAfter(next, touchedBy(line), line.at);
    const stated = line.balances.map(spoken).join('; ');
    const expected = balances.map(spoken).join('; ');
    if (stated !== expected) return `it states ${stated || 'no balances'}, the lines add up to ${expected}`;
    if (!this.isOfItsCommand(line)) return 'does not state what its command asked for';
    const broken = violatedInvariant(line, { before: this.state, next });
    if (broken) return broken;
    this.state = next;
    return null;
  }

  private isOfItsCommand(line: Line): boolean {
    const { hashOf } = this;
    const contents = commandsOfLine(line);
    return hashOf === null || contents.length === 0 || contents.some((content) => hashOf(content) === line.commandHash);
  }
}

const spoken = ({ account, window, usedCredits, heldCredits, availableCredits }: Balance) =>
  `${account} ${window} used ${usedCredits} held ${heldCredits} available ${availableCredits ?? 'unlimited'}`;
