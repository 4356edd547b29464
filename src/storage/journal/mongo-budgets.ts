import type { Balance, Line } from '../../ledger/lines.ts';
import { ensure } from '../mongo/indexes.ts';
import { modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';
import { type Fault, tryRead, tryWrite } from '../mongo/write.ts';
import type { Journal } from './journal.ts';

/** What an account has, as the latest line that touched it left it. For people; never read for a decision. */
export type BudgetDocument = {
  _id: string;
  workspace: string;
  account: string;
  windows: Omit<Balance, 'account'>[];
  /** The line that left it so, and when. */
  seq: number;
  at: number;
};

/** How far a workspace's lines have been copied. */
type CopiedDocument = { _id: string; workspace: string; seq: number };

const COPY_EVERY_MS = 500;
const READ_LINES = 1_000;
const WRITES_AT_ONCE = 500;

export type BudgetCopies = {
  /** Lines that stand, in order; those of other processes, too. */
  saw(lines: readonly Line[]): void;
  /** Copies what has been seen. */
  close(): Promise<void>;
};

/**
 * Keeps `budgets` behind the journal: the latest line wins, from any process. What a crash or an outage left out is
 * copied with the next line that is seen, because how far the copy is stands beside it.
 */
export async function createBudgetCopies(mongo: Mongo, read: Journal['read']): Promise<BudgetCopies> {
  const budgets = budgetModel(mongo);
  const copied = copiedModel(mongo);
  await ensure(mongo, 'budgets', (patient) => budgetModel(patient).createIndexes());
  const copies = new Map<string, Copy>();
  let timer: NodeJS.Timeout | null = null;
  let copying: Promise<void> = Promise.resolve();

  const copyAll = () => {
    timer = null;
    copying = copying.then(async () => {
      for (const [workspace, copy] of copies) await bring(workspace, copy);
    });
    return copying;
  };

  /** Where something fails, what was to be copied waits for the next time; an account has one entry, however long. */
  async function bring(workspace: string, copy: Copy): Promise<void> {
    if (copy.latest.size === 0) return;
    if (copy.copiedSeq === null) {
      const found = await tryRead(async () => copied.findOne({ _id: workspace }).lean<CopiedDocument>());
      if (found.kind === 'fault') return;
      copy.copiedSeq = found.value?.seq ?? 0;
    }
    if (!(await fillGap(workspace, copy))) return;
    const { seenSeq } = copy;
    const due = [...copy.latest.values()].filter(({ seq }) => seq > (copy.copiedSeq ?? 0));
    copy.latest.clear();
    for (let done = 0; done < due.length; done += WRITES_AT_ONCE) {
      const fault = await putLatest(due.slice(done, done + WRITES_AT_ONCE));
      if (!fault) continue;
      for (const budget of due) if (!copy.latest.has(budget._id)) copy.latest.set(budget._id, budget);
      return;
    }
    const update = { $max: { seq: seenSeq }, $setOnInsert: { workspace } };
    const noted = await tryWrite(mongo, async () => copied.updateOne({ _id: workspace }, update, { upsert: true }));
    if (noted.kind === 'done') Object.assign(copy, { copiedSeq: seenSeq, firstSeq: seenSeq + 1 });
  }

  /** Lines that are not copied yet and that this process has not seen. */
  async function fillGap(workspace: string, copy: Copy): Promise<boolean> {
    for (let afterSeq = copy.copiedSeq ?? 0; afterSeq < copy.firstSeq - 1; ) {
      const page = { workspace, afterSeq, linesMax: Math.min(READ_LINES, copy.firstSeq - 1 - afterSeq) };
      const lines = await read(page).catch(() => null);
      const last = lines?.at(-1);
      if (!lines || !last) return false;
      for (const budget of lines.flatMap(budgetsOf)) {
        if ((copy.latest.get(budget._id)?.seq ?? 0) < budget.seq) copy.latest.set(budget._id, budget);
      }
      afterSeq = last.seq;
    }
    return true;
  }

  /** The one in place may be of a later line: then the upsert meets its key, and that is as it should be. */
  async function putLatest(due: readonly BudgetDocument[]): Promise<Fault | null> {
    const writes = due.map(({ _id, ...budget }) => ({
      updateOne: { filter: { _id, seq: { $lt: budget.seq } }, update: { $set: budget }, upsert: true },
    }));
    const put = await tryWrite(mongo, () => budgets.bulkWrite(writes as never[], { ordered: false }));
    return put.kind === 'fault' ? put : null;
  }

  return {
    saw(lines) {
      for (const line of lines) note(copies, line);
      if (lines.length > 0) timer ??= setTimeout(() => void copyAll(), COPY_EVERY_MS).unref();
    },
    async close() {
      if (timer) clearTimeout(timer);
      await copyAll();
    },
  };
}

/** `latest`: what the lines from `firstSeq` to `seenSeq` left behind, as far as it has not been copied. */
type Copy = { firstSeq: number; seenSeq: number; copiedSeq: number | null; latest: Map<string, BudgetDocument> };

function note(copies: Map<string, Copy>, line: Line): void {
  const { workspace, seq } = line;
  const copy = copies.get(workspace) ?? { firstSeq: seq, seenSeq: seq - 1, copiedSeq: null, latest: new Map() };
  copies.set(workspace, copy);
  // Lines come out of order when they are read again, or read elsewhere: they will be seen, or have been.
  if (seq !== copy.seenSeq + 1) return;
  copy.seenSeq = seq;
  for (const budget of budgetsOf(line)) copy.latest.set(budget._id, budget);
}

function budgetsOf({ workspace, seq, at, balances }: Line): BudgetDocument[] {
  const accounts = new Map<string, BudgetDocument>();
  for (const { account, ...window } of balances) {
    const _id = `${workspace} ${account}`;
    const budget = accounts.get(account) ?? { _id, workspace, account, windows: [], seq, at };
    budget.windows.push(window);
    accounts.set(account, budget);
  }
  return [...accounts.values()];
}

const budgetModel = (mongo: Mongo) =>
  modelOf<BudgetDocument>(
    mongo,
    'budgets',
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      account: NEEDED_TEXT,
      windows: { type: 'Mixed', required: true },
      seq: NEEDED_WHOLE,
      at: NEEDED_WHOLE,
    },
    { indexes: [{ keys: { workspace: 1, account: 1 } }] },
  );

const copiedModel = (mongo: Mongo) =>
  modelOf<CopiedDocument>(mongo, 'budgets_copied', { _id: NEEDED_TEXT, workspace: NEEDED_TEXT, seq: NEEDED_WHOLE });
