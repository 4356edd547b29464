import { apply } from './apply.ts';
import { balancesAfter, touchedBy } from './balances.ts';
import type { Balance, Line } from './lines.ts';
import { emptyState, type State } from './state.ts';

export type Verification = { ok: true; state: State; linesCount: number } | { ok: false; seq: number; problem: string };

/** Folds a journal again from its first line, and names the first line that cannot be right. */
export class Verifier {
  private state: State;
  private linesCount = 0;
  private problem: { seq: number; problem: string } | null = null;

  constructor(workspace: string) {
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
    if (line.at < this.state.lastAt) return 'is older than the line before it';
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
    const broken = brokenLaw(line, balances);
    if (broken) return broken;
    this.state = next;
    return null;
  }
}

/** What no decision allows, looked at from the other side: the lines themselves. */
function brokenLaw(line: Line, balances: readonly Balance[]): string | null {
  if (line.kind === 'captured' && line.capturedCredits > line.heldCredits) {
    return `captures ${line.capturedCredits} of ${line.heldCredits} held credits`;
  }
  const over = line.kind === 'held' && balances.find((balance) => (balance.availableCredits ?? 0) < 0);
  return over ? `holds more than ${over.account} has in ${over.window}` : null;
}

const spoken = ({ account, window, usedCredits, heldCredits, availableCredits }: Balance) =>
  `${account} ${window} used ${usedCredits} held ${heldCredits} available ${availableCredits ?? 'unlimited'}`;
