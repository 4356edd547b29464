import { Book } from '../../src/book/book.ts';
import { BookFault } from '../../src/book/decide-batch.ts';
import { type Command, type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Answer, Line } from '../../src/ledger/lines.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import type { Clock } from '../../src/ports/ports.ts';
import { type Journal, JournalFault } from '../../src/storage/journal/journal.ts';
import { LINE_CHAIN, lineHash } from '../../src/storage/journal/line-text.ts';
import {
  accountIdOf,
  balanceIn,
  channelOf,
  isNameable,
  isOutside,
  OWNER,
  openingWishes,
  purseOf,
  spenderOf,
} from './accounts.ts';
import { CREDITS, type Entry, type KitLedger, type Leg, type Posted, type Transaction } from './kit.ts';

const READ_LINES = 2_000;
const ATTEMPTS_MAX = 20;
const AMOUNT_MAX = 1_000_000_000;
const DAY_MS = 86_400_000;

/** The kit's ledger on the real book: one book for each journal that is given, as many processes on one store would have. */
export type BookLedger = KitLedger & {
  /** The same workspace, folded again from its first line by somebody who has seen none of it. */
  rebuilt(): Promise<Pick<KitLedger, 'balance'>>;
  workspace(): string;
  close(): Promise<void>;
};

export async function openBookLedger({
  journals,
  clock,
}: {
  journals: readonly [Journal, ...Journal[]];
  clock: Clock;
}): Promise<BookLedger> {
  const [journal] = journals;
  let begun = (await journal.workspaces()).length;
  let run = await begin();

  /** A workspace of its own: nothing is ever removed from a journal. */
  async function begin(): Promise<Run> {
    begun += 1;
    const workspace = `KIT${begun}`;
    const books = await Promise.all(journals.map((each) => Book.open({ journal: each, clock, workspace })));
    await submit(books[0] as Book, 'open', INKWELL, OPENING);
    return { workspace, books, opened: new Map(), told: new Set(), turn: 0 };
  }
  const next = () => run.books[run.turn++ % run.books.length] as Book;

  return {
    async reset() {
      await Promise.all(run.books.map((book) => book.close()));
      run = await begin();
    },
    post: async (transaction) => await post(run, next(), transaction),
    balance: async (accountId, currency = CREDITS) =>
      currency === CREDITS ? balanceIn(await next().read(), accountId) : 0,
    journal: async () => entriesOf(await allLines(journal, run.workspace)),
    async rebuilt() {
      const book = await Book.open({ journal, clock, workspace: run.workspace });
      return { balance: async (accountId) => balanceIn(book.now(), accountId) };
    },
    workspace: () => run.workspace,
    close: async () => void (await Promise.all(run.books.map((book) => book.close()))),
  };
}

type Run = {
  workspace: string;
  books: Book[];
  opened: Map<string, Promise<void>>;
  /** Transactions whose caller has been told that it was applied: everybody after them repeats it. */
  told: Set<string>;
  turn: number;
};

const OPENING: CommandBody = {
  kind: 'open_workspace',
  ownerId: OWNER,
  timeZone: 'UTC',
  weekStartsOn: 1,
  creditValueMicroUsd: 10_000,
  markupBasisPoints: 10_000,
  defaultRole: 'creator',
};

async function post(run: Run, book: Book, transaction: Transaction): Promise<Posted> {
  const transactionId = `kit-${contentHash(transaction.idempotencyKey)}`;
  const rejected = (reason: string): Posted => ({ status: 'REJECTED', transactionId, reason });
  const read = readTransfer(transaction);
  if (!read.ok) return rejected(read.reason);
  const { transfer } = read;
  try {
    await Promise.all([openAccount(run, book, transfer.from), openAccount(run, book, transfer.to)]);
    const answer = await carryOut(book, transactionId, transfer);
    if (!answer.ok) return rejected(answer.refusal.reason);
  } catch (error) {
    if (error instanceof BookFault && error.code === 'id_reused')
      return rejected('the key was used for something else');
    throw error;
  }
  if (run.told.has(transactionId)) return { status: 'DUPLICATE', transactionId, reason: 'was applied before' };
  run.told.add(transactionId);
  return { status: 'APPLIED', transactionId, reason: null };
}

type Transfer = { from: string; to: string; amountCredits: number };
type Read = { ok: true; transfer: Transfer } | { ok: false; reason: string };

/** Credits of one account to another. What Inkwell has no command for is refused, not imitated. */
function readTransfer({ legs, allowOverdraft }: Transaction): Read {
  const no = (reason: string): Read => ({ ok: false, reason });
  const [debits, credits] = [legs.filter(({ type }) => type === 'DEBIT'), legs.filter(({ type }) => type === 'CREDIT')];
  const [debit, credit] = [debits[0], credits[0]];
  if (legs.length !== 2 || !debit || !credit) return no('a transaction has one debit and one credit');
  if (legs.some(({ currency }) => currency !== CREDITS))
    return no(`there is one currency, credits, called ${CREDITS} here`);
  if (debit.amountSubunits !== credit.amountSubunits) return no('does not balance');
  if (!isAmount(debit)) return no('is no amount that can be moved');
  if (!isNameable(debit.accountId) || !isNameable(credit.accountId)) return no('is no name for an account');
  if (debit.accountId === credit.accountId) return no('moves nothing');
  if (isOutside(debit.accountId) && !allowOverdraft) return no('what is outside has nothing of its own');
  return { ok: true, transfer: { from: debit.accountId, to: credit.accountId, amountCredits: debit.amountSubunits } };
}

const isAmount = ({ amountSubunits }: Leg) =>
  Number.isSafeInteger(amountSubunits) && amountSubunits > 0 && amountSubunits <= AMOUNT_MAX;

/** Spending, where it goes out: held, then captured. Everything else moves budget. */
async function carryOut(book: Book, id: string, { from, to, amountCredits }: Transfer): Promise<Answer> {
  if (isOutside(from) || !isOutside(to)) {
    const wish = { from: purseOf(from), to: purseOf(to), window: 'total', amountCredits } as const;
    return await submit(book, id, OWNER, { kind: 'move_budget', ...wish });
  }
  const held = await submit(book, id, spenderOf(to), {
    kind: 'hold',
    imagesCount: 1,
    eachCredits: amountCredits,
    channelId: channelOf(from),
    threadTs: null,
    projectId: null,
    work: WORK,
    timeoutMs: DAY_MS,
    contentDigest: '',
  });
  if (!held.ok) return held;
  const holdId = `${id}/1`;
  const captured = { kind: 'capture', holdId, capturedCredits: amountCredits, costMicroUsd: 0 } as const;
  return await submit(book, `${holdId}/capture`, INKWELL, captured);
}

const WORK = {
  model: 'kit',
  size: '1x1',
  quality: 'kit',
  stage: 'concept',
  rateCardId: 'kit',
  boundMicroUsd: 0,
} as const;

/** Once, however many transactions are the first to name it. */
function openAccount({ opened }: Run, book: Book, accountId: string): Promise<void> {
  const known = opened.get(accountId);
  if (known) return known;
  const opening = (async () => {
    for (const [index, wish] of openingWishes(accountId).entries()) {
      await submit(book, `open-${purseOf(accountId)}-${index}`, INKWELL, wish);
    }
  })();
  opened.set(accountId, opening);
  return opening;
}

/** The same command again learns what became of a write in doubt, or is written now: as for every caller in the product. */
async function submit(book: Book, commandId: string, by: string, wish: CommandBody): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await book.submit({ commandId, by, ...wish } as Command);
    } catch (error) {
      const mayHelp = error instanceof JournalFault && (error.code === 'uncertain' || error.code === 'unavailable');
      if (!mayHelp || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function allLines(journal: Journal, workspace: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (;;) {
    const page = await journal.read({ workspace, afterSeq: lines.length, linesMax: READ_LINES });
    lines.push(...page);
    if (page.length < READ_LINES) return lines;
  }
}

/**
 * What moved credits, and nothing else: two entries for each such line, in the order of the journal. An entry's hash is that
 * of its line. It names the entry before it only where the stored hashes lead back there, over all the lines in between.
 */
function entriesOf(lines: readonly Line[]): Entry[] {
  const counts = new Map<string, number>();
  let newestHash = '';
  let isLinked = true;
  return lines.flatMap((line, index) => {
    const before = lines[index - 1];
    isLinked &&= line.previousHash === (before ? lineHash(before) : LINE_CHAIN.first);
    const moved = movedBy(line);
    if (!moved) return [];
    const { transactionId, from, to, amountCredits } = moved;
    return [[from, 'DEBIT'] as const, [to, 'CREDIT'] as const].map(([accountId, type], index) => {
      const accountSequence = (counts.get(accountId) ?? 0) + 1;
      counts.set(accountId, accountSequence);
      const about = { transactionId, accountId, type, amountSubunits: amountCredits, currency: CREDITS };
      const prevHash = isLinked ? newestHash : 'broken';
      newestHash = `${lineHash(line)}/${index + 1}`;
      isLinked = true;
      const place = { sequence: line.seq * 2 + index, accountSequence, prevHash, entryHash: newestHash };
      return { entryId: `${line.seq}/${index + 1}`, ...about, ...place };
    });
  });
}

function movedBy(line: Line): (Transfer & { transactionId: string }) | null {
  if (line.kind === 'budget_moved') {
    const [from, to] = [line.from, line.to].map((account) => accountIdOf(account.slice('client:'.length)));
    return { transactionId: line.commandId, from: String(from), to: String(to), amountCredits: line.amountCredits };
  }
  if (line.kind !== 'captured') return null;
  const [from, to] = [accountIdOf(line.clientId), accountIdOf(line.memberId.slice(1))];
  return { transactionId: line.holdId.replace(/\/1$/, ''), from, to, amountCredits: line.capturedCredits };
}
