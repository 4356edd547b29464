import { accountsOf } from './accounts.ts';
import { apply } from './apply.ts';
import { balancesAfter, touchedBy } from './balances.ts';
import { roomOfLimits } from './limits.ts';
import type { Balance, Line } from './lines.ts';
import { contentsStatedBy } from './restate.ts';
import { emptyState, type State } from './state.ts';
import { drawnFrom } from './use.ts';

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
    if (!this.isOfItsCommand(line)) return 'does not state what its command asked for';
    const broken = brokenLaw(line, { before: this.state, next, balances });
    if (broken) return broken;
    this.state = next;
    return null;
  }

  private isOfItsCommand(line: Line): boolean {
    const { hashOf } = this;
    const contents = contentsStatedBy(line);
    return hashOf === null || contents.length === 0 || contents.some((content) => hashOf(content) === line.commandHash);
  }
}

type Around = { before: State; next: State; balances: readonly Balance[] };

/** What no decision allows, looked at from the other side: the lines themselves. */
function brokenLaw(line: Line, around: Around): string | null {
  switch (line.kind) {
    case 'workspace_opened':
      return around.before.settings ? 'opens the workspace a second time' : null;
    case 'granted': {
      const grants = around.before.grants.get(line.account) ?? [];
      return grants.some(({ grantId }) => grantId === line.grantId) ? `gives grant ${line.grantId} twice` : null;
    }
    case 'held':
      return brokenHold(line, around);
    case 'captured':
      return line.capturedCredits > line.heldCredits
        ? `captures ${line.capturedCredits} of ${line.heldCredits} held credits`
        : brokenEnd(line, around);
    case 'voided':
    case 'slipped':
      return brokenEnd(line, around);
    case 'member_added':
    case 'role_set':
    case 'client_created':
    case 'client_renamed':
    case 'channel_bound':
    case 'limit_set':
    case 'refused':
      return null;
  }
}

function brokenHold(line: Line & { kind: 'held' }, { before, next, balances }: Around): string | null {
  for (const [index, { holdId }] of line.holds.entries()) {
    if (holdId !== `${line.commandId}/${index + 1}`) return `${holdId} is not a hold of ${line.commandId}`;
  }
  for (const { account, grantId } of line.holds.flatMap(({ draws }) => draws)) {
    const grant = next.grants.get(account)?.find((each) => each.grantId === grantId);
    if (!grant) return `draws on grant ${grantId}, which ${account} does not have`;
    if (grant.usedCredits + grant.heldCredits > grant.amountCredits) return `draws more than grant ${grantId} has`;
  }
  for (const account of accountsOf(line)) {
    const uncovered = line.holds.map(({ amountCredits, draws }) => amountCredits - drawnFrom(draws, account));
    if (Math.min(...uncovered) < 0) return `draws more than it holds for ${account}`;
    if (sum(uncovered) > Math.max(0, roomOfLimits(before, account, line.at))) return `draws too little for ${account}`;
  }
  const over = balances.find((balance) => (balance.availableCredits ?? 0) < 0);
  return over ? `holds more than ${over.account} has in ${over.window}` : null;
}

const sum = (credits: readonly number[]) => credits.reduce((total, each) => total + each, 0);

function brokenEnd(line: Line & { kind: 'captured' | 'voided' | 'slipped' }, { before }: Around): string | null {
  const { holdId, memberId, clientId, heldCredits } = line;
  const hold = before.holds.get(holdId);
  const same = hold?.memberId === memberId && hold.clientId === clientId && hold.amountCredits === heldCredits;
  return same ? null : `does not end ${holdId} as it was held`;
}

const spoken = ({ account, window, usedCredits, heldCredits, availableCredits }: Balance) =>
  `${account} ${window} used ${usedCredits} held ${heldCredits} available ${availableCredits ?? 'unlimited'}`;
