import type { Line } from '../../src/ledger/lines.ts';

/**
 * Looks at a journal with arithmetic of its own: from the lines alone, from scratch for every line, with calendar dates
 * from another source. It knows the laws, and nothing of how the ledger keeps its state.
 */
export function audit(lines: readonly Line[]): string[] {
  const complaints: string[] = [];
  const known: Line[] = [];
  const overLimit = new Set<string>();
  for (const line of lines) {
    if (line.seq !== known.length + 1) complaints.push(`line ${line.seq} is number ${known.length + 1}`);
    if (line.at < (known.at(-1)?.at ?? 0)) complaints.push(`line ${line.seq} goes back in time`);
    if (known.some(({ commandId }) => commandId === line.commandId))
      complaints.push(`${line.commandId} answered twice`);
    complaints.push(...holdLaws(known, line));
    known.push(line);
    complaints.push(...balanceLaws(known, line), ...limitLaws(known, line, overLimit), ...refusalLaws(known, line));
  }
  return complaints;
}

type Ended = Line & { kind: 'captured' | 'voided' | 'slipped' };
type Held = Line & { kind: 'held' };
type One = {
  line: Held;
  holdId: string;
  amountCredits: number;
  draws: Held['holds'][number]['draws'];
  end: Ended | null;
};

const isEnd = (line: Line): line is Ended => ['captured', 'voided', 'slipped'].includes(line.kind);

/** A hold ends exactly once, with no more than it held, and nobody's hold begins twice. */
function holdLaws(before: readonly Line[], line: Line): string[] {
  const holds = holdsOf(before);
  if (line.kind === 'held') {
    const again = line.holds.filter(({ holdId }) => holds.some((hold) => hold.holdId === holdId));
    return again.map(({ holdId }) => `${holdId} is held twice`);
  }
  if (!isEnd(line)) return [];
  const hold = holds.find(({ holdId }) => holdId === line.holdId);
  if (!hold) return [`${line.holdId} ends and was never held`];
  if (hold.end) return [`${line.holdId} ends twice`];
  if (line.kind === 'captured' && line.capturedCredits > hold.amountCredits)
    return [`${line.holdId} captures too much`];
  return line.heldCredits === hold.amountCredits ? [] : [`${line.holdId} ends with another amount`];
}

/** The balances on a line are what all lines up to it add up to. */
function balanceLaws(known: readonly Line[], line: Line): string[] {
  const accounts = [...new Set(line.balances.map(({ account }) => account))];
  const expected = accounts.flatMap((account) => {
    const limited = limitsOf(known, account).map(([window, limitCredits]) => {
      const { key, used, held, available } = reckon(known, { account, window, limitCredits, line });
      return `${account} ${key} ${used} ${held} ${available}`;
    });
    if (limited.length > 0) return limited;
    const { used, held } = reckon(known, { account, window: 'total', limitCredits: 0, line });
    return [`${account} total ${used} ${held} null`];
  });
  const stated = line.balances.map(
    ({ account, window, usedCredits, heldCredits, availableCredits }) =>
      `${account} ${window} ${usedCredits} ${heldCredits} ${availableCredits}`,
  );
  return stated.sort().join() === expected.sort().join()
    ? []
    : [`line ${line.seq} states ${stated}, it is ${expected}`];
}

/** Used and held never exceed limit and drawn grants, unless somebody set the limit below them; nor does a grant give more than it has. */
function limitLaws(known: readonly Line[], line: Line, overLimit: Set<string>): string[] {
  const complaints: string[] = [];
  for (const account of limitedAccounts(known)) {
    for (const [window, limitCredits] of limitsOf(known, account)) {
      const { key, used, held, drawn, available } = reckon(known, { account, window, limitCredits, line });
      const isOver = used + held > limitCredits + drawn;
      const id = `${account} ${window}`;
      if (!isOver) overLimit.delete(id);
      else if (line.kind === 'limit_set' && line.account === account) overLimit.add(id);
      else if (!overLimit.has(id)) complaints.push(`line ${line.seq}: ${account} ${key} is over its limit`);
      const touched = line.kind === 'held' && line.balances.some((balance) => balance.account === account);
      if (touched && available < 0) complaints.push(`line ${line.seq} holds what ${account} ${key} does not have`);
    }
  }
  for (const grant of grantsOf(known)) {
    const spent = spentOf(known, grant);
    if (spent < 0 || spent > grant.amountCredits) complaints.push(`grant ${grant.grantId} gives ${spent}`);
  }
  return complaints;
}

/** Nobody is refused what there is room for, and the refusal's numbers are right. */
function refusalLaws(known: readonly Line[], line: Line): string[] {
  if (line.kind !== 'refused' || line.refusal.reason !== 'limit_exceeded') return [];
  const { requestedCredits, exceeded, binding } = line.refusal;
  const least = Math.min(...exceeded.map(({ availableCredits }) => availableCredits));
  if (binding.availableCredits !== least) return [`line ${line.seq} does not name the tightest limit`];
  return exceeded.flatMap(
    ({ account, window, limitCredits, usedCredits, heldCredits, availableCredits, grantsCredits }) => {
      const { used, held, available } = reckon(known, { account, window, limitCredits, line });
      const right =
        [usedCredits, heldCredits, availableCredits].join() === [used, held, available].join() &&
        limitCredits + grantsCredits - used - held === available &&
        available < requestedCredits;
      return right ? [] : [`line ${line.seq} refuses for ${account} ${window}, which has ${available}`];
    },
  );
}

function reckon(
  known: readonly Line[],
  { account, window, limitCredits, line }: { account: string; window: string; limitCredits: number; line: Line },
) {
  const key = keyAt(known, window, line.at);
  let used = 0;
  let held = 0;
  let drawn = 0;
  for (const hold of holdsOf(known)) {
    const { clientId, memberId } = hold.line;
    const accounts = ['agency', `client:${clientId}`, `member:${memberId}`, `member:${memberId}@client:${clientId}`];
    if (!accounts.includes(account) || keyAt(known, window, hold.line.at) !== key) continue;
    if (hold.end) used += usedOn(hold, account);
    else held += hold.amountCredits;
    drawn += drawnBy(hold, account);
  }
  const toBeHad = grantsOf(known)
    .filter((grant) => grant.account === account && (grant.expiresAt === null || grant.expiresAt > line.at))
    .reduce((sum, grant) => sum + grant.amountCredits - spentOf(known, grant), 0);
  return { key, used, held, drawn, available: limitCredits + toBeHad + drawn - used - held };
}

/** A capture costs everybody; a slip costs the agency alone; a void nobody. */
function usedOn({ end, amountCredits }: One, account: string): number {
  if (end?.kind === 'captured') return end.capturedCredits;
  return end?.kind === 'slipped' && account === 'agency' ? amountCredits : 0;
}

/** Of what a hold drew for an account, the part that is still held or was used: the limit's part is used first. */
function drawnBy(hold: One, account: string): number {
  const drawn = hold.draws.filter((draw) => draw.account === account).reduce((sum, { credits }) => sum + credits, 0);
  return hold.end ? Math.max(0, usedOn(hold, account) - (hold.amountCredits - drawn)) : drawn;
}

/** What a grant gave to all holds together; of one hold's several grants the first drawn are the first used. */
function spentOf(known: readonly Line[], grant: { grantId: string; account: string }): number {
  let spent = 0;
  for (const hold of holdsOf(known)) {
    let left = drawnBy(hold, grant.account);
    for (const draw of hold.draws) {
      if (draw.account !== grant.account) continue;
      const part = Math.min(left, draw.credits);
      left -= part;
      if (draw.grantId === grant.grantId) spent += part;
    }
  }
  return spent;
}

function holdsOf(known: readonly Line[]): One[] {
  const ends = known.filter(isEnd);
  return known.flatMap((line) =>
    line.kind !== 'held'
      ? []
      : line.holds.map((hold) => ({ line, ...hold, end: ends.find(({ holdId }) => holdId === hold.holdId) ?? null })),
  );
}

const grantsOf = (known: readonly Line[]) => known.filter((line) => line.kind === 'granted');

function limitsOf(known: readonly Line[], account: string): [string, number][] {
  const limits = new Map<string, number>();
  for (const line of known) {
    if (line.kind !== 'limit_set' || line.account !== account) continue;
    if (line.limitCredits === null) limits.delete(line.window);
    else limits.set(line.window, line.limitCredits);
  }
  return [...limits];
}

const limitedAccounts = (known: readonly Line[]) =>
  new Set(known.flatMap((line) => (line.kind === 'limit_set' ? [line.account] : [])));

function keyAt(known: readonly Line[], window: string, at: number): string {
  const opened = known.find((line) => line.kind === 'workspace_opened');
  if (window === 'total' || !opened) return 'total';
  const date = dateAt(at, opened.timeZone);
  if (window === 'month') return `month:${date.slice(0, 7)}`;
  const day = new Date(`${date}T12:00:00Z`);
  while (window === 'week' && day.getUTCDay() !== opened.weekStartsOn) day.setUTCDate(day.getUTCDate() - 1);
  return `${window}:${day.toISOString().slice(0, 10)}`;
}

const dates = new Map<string, string>();

/** Swedish writes dates as ISO does. */
function dateAt(at: number, timeZone: string): string {
  const known = dates.get(`${at} ${timeZone}`);
  const date = known ?? new Date(at).toLocaleDateString('sv-SE', { timeZone });
  dates.set(`${at} ${timeZone}`, date);
  return date;
}
