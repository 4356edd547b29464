import { type AccountId, memberAccount, memberInClientAccount, parseAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Audience } from '../../ports/ports.ts';
import type { Names } from '../names.ts';
import { accountsIn, type ChangeRow, changeRow, namesOf } from '../people/changes-view.ts';
import type { AffectingLine } from './who-is-affected.ts';

/** What a person hears of changes that others made, and that are about them or what they manage. */
export type ChangeNews = {
  kind: 'change_news';
  /** The last line that it tells of: of two drawings the later has the higher one. */
  seq: number;
  /** Oldest first. */
  rows: readonly AffectedRow[];
  moreCount: number;
  names: Readonly<Record<string, string>>;
};

/** `hides`: the side of a move that is none of the reader's business. */
export type AffectedRow = ChangeRow & { hides: 'from' | 'to' | null };

/** As many as anybody reads in one message. */
const ROWS_MAX = 8;

/** Null where none of it is for its reader. */
export function changeNews(state: State, lines: readonly AffectingLine[], reader: Reader): ChangeNews | null {
  const told = lines.flatMap((line) => rowFor(state, line, reader) ?? []);
  const last = lines.at(-1);
  if (told.length === 0 || !last) return null;
  const rows = told.slice(-ROWS_MAX);
  const names = onlyOf(
    namesOf(state, lines),
    rows.flatMap(({ known }) => known),
  );
  return {
    kind: 'change_news',
    seq: last.seq,
    rows: rows.map(({ known, namesThen = {}, ...row }) => ({ ...row, namesThen: onlyOf(namesThen, known) })),
    moreCount: told.length - rows.length,
    names,
  };
}

const onlyOf = (names: Names, known: readonly string[]): Names =>
  Object.fromEntries(Object.entries(names).filter(([account]) => known.includes(account)));

type Reader = { memberId: string; audience: Audience };

/** A guest hears of their own limits alone, and no reason, which is written for the agency. */
function rowFor(
  state: State,
  line: AffectingLine,
  { memberId, audience }: Reader,
): (AffectedRow & { known: readonly string[] }) | null {
  const mayKnow = (account: AccountId) => {
    if (audience !== 'internal') return account === memberAccount(memberId);
    return isOwn(account, memberId) || may(state, memberId, 'see_figures', { account });
  };
  const accounts = accountsIn(line);
  const known = accounts.filter(mayKnow);
  const row = { ...changeRow(state, line), hides: null, known };
  if (line.kind === 'budget_moved') {
    if (known.length === 0) return null;
    return { ...row, hides: mayKnow(line.from) ? (mayKnow(line.to) ? null : 'to') : 'from' };
  }
  const isWhole = known.length === accounts.length;
  if (!isWhole || (audience !== 'internal' && line.kind !== 'limit_set' && line.kind !== 'granted')) return null;
  return audience !== 'internal' && line.kind === 'granted' ? { ...row, facts: { ...line, reason: '' } } : row;
}

function isOwn(account: AccountId, memberId: string): boolean {
  const parsed = parseAccount(account);
  if (parsed?.kind === 'member_in_client') return account === memberInClientAccount(memberId, parsed.clientId);
  return account === memberAccount(memberId);
}
