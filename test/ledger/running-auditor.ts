import type { Line } from '../../src/ledger/lines.ts';
import { floorsOf, lawsAfter, lawsBefore } from './auditor.ts';
import {
  accountsTouched,
  drawnBy,
  keyAt,
  limitsInForce,
  type Reckoning,
  spentOf,
  standingOf,
  type Use,
  usedOn,
} from './reckoning.ts';
import { hear, nothingTold, type One, type Setting } from './told.ts';

/**
 * The auditor for whoever has no time: the same laws, by sums that run along instead of being added up anew for every
 * line. `random.test.ts` holds it against the other one.
 */
export function createRunningAuditor() {
  const sums = createRunningSums();
  const overLimit = new Set<string>();
  const known: Line[] = [];
  const commandIds = new Set<string>();
  return {
    reckoning: sums.reckoning,
    lines: known as readonly Line[],
    /** What is wrong with the next line. */
    add(line: Line): string[] {
      const found: string[] = [];
      if (line.seq !== known.length + 1) found.push(`is number ${known.length + 1}`);
      if (line.at < (known.at(-1)?.at ?? 0)) found.push('goes back in time');
      if (commandIds.has(line.commandId)) found.push(`${line.commandId} is answered twice`);
      found.push(...lawsBefore(sums.reckoning, line, known));
      const floors = floorsOf(sums.reckoning, line);
      sums.add(line);
      known.push(line);
      commandIds.add(line.commandId);
      found.push(...lawsAfter(sums.reckoning, line, { overLimit, floors }));
      return found.map((complaint) => `line ${line.seq}, ${line.kind}: ${complaint}`);
    },
  };
}

const WINDOWS = ['day', 'week', 'month', 'quarter', 'year', 'total'];

function createRunningSums(): { reckoning: Reckoning; add(line: Line): void } {
  const told = nothingTold();
  /** By account, and by the key of a window. */
  const uses = new Map<string, Map<string, Use>>();
  const spent = new Map<string, number>();
  let limits: readonly Setting[] = [];
  let settingsCount = 0;

  const useIn = (account: string, _window: string, key: string): Use => uses.get(account)?.get(key) ?? NO_USE;
  const spentBy = (grantId: string, account: string) => spent.get(`${grantId} ${account}`) ?? 0;

  function change(account: string, key: string, by: Partial<Use>) {
    const ofAccount = uses.get(account) ?? new Map<string, Use>();
    uses.set(account, ofAccount);
    const use = ofAccount.get(key) ?? { ...NO_USE };
    ofAccount.set(key, use);
    use.used += by.used ?? 0;
    use.held += by.held ?? 0;
    use.drawn += by.drawn ?? 0;
    use.moved += by.moved ?? 0;
  }

  /** What one hold comes to, taken away before it changes and added again after. */
  function count(hold: One, sign: 1 | -1) {
    for (const account of accountsTouched(hold.line)) {
      const used = hold.end ? sign * usedOn(hold, account) : 0;
      const held = hold.end ? 0 : sign * hold.amountCredits;
      const drawn = sign * drawnBy(hold, account);
      for (const window of WINDOWS) change(account, keyAt(told, window, hold.line.at), { used, held, drawn });
    }
    for (const { grantId, account } of hold.draws) {
      spent.set(`${grantId} ${account}`, spentBy(grantId, account) + sign * spentOf([hold], { grantId, account }));
    }
  }

  return {
    reckoning: {
      told,
      get limits() {
        return limits;
      },
      spent: spentBy,
      standing: standingOf({ told, limits: () => limits, useIn, spentBy }),
    },
    add(line) {
      const isEnd = line.kind === 'captured' || line.kind === 'voided' || line.kind === 'slipped';
      const ending = isEnd ? told.holds.find(({ holdId, end }) => holdId === line.holdId && !end) : undefined;
      if (ending) count(ending, -1);
      const holdsCount = told.holds.length;
      hear(told, line);
      if (ending) count(ending, 1);
      for (const hold of told.holds.slice(holdsCount)) count(hold, 1);
      if (line.kind === 'budget_moved') {
        const key = keyAt(told, line.window, line.at);
        change(line.from, key, { moved: -line.amountCredits });
        change(line.to, key, { moved: line.amountCredits });
      }
      if (told.settings.length === settingsCount) return;
      settingsCount = told.settings.length;
      limits = limitsInForce(told.settings);
    },
  };
}

const NO_USE: Readonly<Use> = { used: 0, held: 0, drawn: 0, moved: 0 };
