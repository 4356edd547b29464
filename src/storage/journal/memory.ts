import type { AccountId } from '../../ledger/accounts.ts';
import { touchedBy } from '../../ledger/kinds/kinds.ts';
import type { Line } from '../../ledger/lines.ts';

import { firstOf, gapBefore, type Journal, JournalFault } from './journal.ts';

/** What the next write does instead of succeeding. */
export type WriteFault =
  | 'unavailable'
  | 'full'
  /** Written, but the answer is lost. */
  | 'answer_lost'
  /** Only the first line is written, and the answer is lost. */
  | 'torn';

type MemoryBook = { lines: Line[]; byCommand: Map<string, Line>; byAccount: Map<AccountId, Line[]> };

/** A journal in memory, for tests and simulation: it fails on request, in every way a real one can. */
export function createMemoryJournal(): Journal & { failNext(...faults: WriteFault[]): void } {
  const books = new Map<string, MemoryBook>();
  const faults: WriteFault[] = [];
  const bookOf = (workspace: string) => {
    let book = books.get(workspace);
    if (!book) {
      book = { lines: [], byCommand: new Map(), byAccount: new Map() };
      books.set(workspace, book);
    }
    return book;
  };
  const write = (line: Line): boolean => {
    const { lines, byCommand, byAccount } = bookOf(line.workspace);
    if (line.seq !== lines.length + 1 || byCommand.has(line.commandId)) return false;
    const stored = frozenCopy(line);
    lines.push(stored);
    byCommand.set(line.commandId, stored);
    for (const account of touchedBy(stored)) {
      const touching = byAccount.get(account) ?? [];
      touching.push(stored);
      byAccount.set(account, touching);
    }
    return true;
  };

  return {
    failNext: (...next) => void faults.push(...next),
    async append(lines) {
      const fault = faults.shift();
      if (fault === 'unavailable' || fault === 'full') throw new JournalFault(fault);
      const first = firstOf(lines);
      if (first && first.seq > bookOf(first.workspace).lines.length + 1) throw gapBefore(first);
      for (const line of fault === 'torn' ? lines.slice(0, 1) : lines) if (!write(line)) return 'taken';
      if (fault) throw new JournalFault('uncertain');
      return 'appended';
    },
    read: async ({ workspace, afterSeq, linesMax }) => bookOf(workspace).lines.slice(afterSeq, afterSeq + linesMax),
    findCommands: async ({ workspace, commandIds }) =>
      commandIds.flatMap((id) => bookOf(workspace).byCommand.get(id) ?? []),
    lastSeq: async (workspace) => bookOf(workspace).lines.length,
    history: async ({
      workspace,
      account,
      fromAt,
      toAt,
      sinceSeq = 1,
      beforeSeq = Number.POSITIVE_INFINITY,
      linesMax,
    }) =>
      (bookOf(workspace).byAccount.get(account) ?? [])
        .filter((line) => line.at >= fromAt && line.at < toAt && line.seq < beforeSeq && line.seq >= sinceSeq)
        .reverse()
        .slice(0, linesMax),
    workspaces: async () =>
      [...books].flatMap(([workspace, { lines }]) => (lines.length > 0 ? [workspace] : [])).sort(),
    close: async () => {},
  };
}

/** Hands every reader the same frozen line, as unchangeable as one on a disk. */
function frozenCopy<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy)) as Value;
  const copy: Record<string, unknown> = {};
  for (const name in value) copy[name] = frozenCopy(value[name]);
  return Object.freeze(copy) as Value;
}
