import type { AccountId } from '../../ledger/accounts.ts';
import { text, whole } from '../../ledger/kinds/check.ts';
import type { Line } from '../../ledger/lines.ts';
import { type Model, modelOf, NEEDED_TEXT, NEEDED_WHOLE } from '../mongo/model.ts';
import type { Mongo } from '../mongo/open.ts';

/** A line as it is stored: as it is, with the accounts it touches beside it, by which a history is picked. */
export type LineDocument = Omit<Line, 'kind'> & { _id: string; kind: string; touchedAccounts: string[] };

export type Lines = Model<LineDocument>;

/** The collection. */
export const LINES = 'lines';

const BY_SEQ = { workspace: 1, seq: 1 } as const;
const BY_COMMAND = { workspace: 1, commandId: 1 } as const;
const BY_ACCOUNT = { workspace: 1, touchedAccounts: 1, seq: 1 } as const;

/** Says what a line is once more, so that every process and every Mongo tool finds it by its key alone. */
export const lineId = ({ workspace, seq }: Pick<Line, 'workspace' | 'seq'>) => `${workspace} ${seq}`;

/**
 * The head of a line is typed here; the facts of its kind are the journal's business (`line.ts`), which checks them before
 * a line is written and after it was read.
 */
export const lineModel = (mongo: Mongo): Lines =>
  modelOf<LineDocument>(
    mongo,
    LINES,
    {
      _id: NEEDED_TEXT,
      workspace: NEEDED_TEXT,
      seq: { ...NEEDED_WHOLE, min: 1 },
      at: NEEDED_WHOLE,
      by: NEEDED_TEXT,
      commandId: NEEDED_TEXT,
      commandHash: NEEDED_TEXT,
      kind: NEEDED_TEXT,
      balances: { type: 'Mixed', required: true, validate: areBalances },
      touchedAccounts: { type: 'Mixed', required: true, validate: areTexts },
    },
    {
      strict: false,
      indexes: [
        { keys: BY_SEQ, unique: true },
        { keys: BY_COMMAND, unique: true },
      ],
    },
  );

/** Lines are safe without this one, and it may take long over lines of years: nothing waits for it. */
export const indexByAccount = (lines: Lines) => lines.collection.createIndex(BY_ACCOUNT);

const areTexts = (value: unknown) => Array.isArray(value) && value.every((each) => text(each, true) === null);

/** As plain values: mongoose's subdocuments would take longer than all the rest of a write. */
const areBalances = (value: unknown) =>
  Array.isArray(value) &&
  value.every(
    ({ account, window, usedCredits, heldCredits, availableCredits }) =>
      areTexts([account, window]) &&
      [usedCredits, heldCredits, availableCredits ?? 0].every((each) => whole(each, true) === null),
  );

/** Every question that is asked about lines, with the index that answers it. */
export const linesQueries = (lines: Lines) => ({
  after: ({ workspace, afterSeq, linesMax }: { workspace: string; afterSeq: number; linesMax: number }) =>
    lines
      .find({ workspace, seq: { $gt: afterSeq } })
      .sort(BY_SEQ)
      .limit(linesMax)
      .batchSize(linesMax)
      .hint(BY_SEQ)
      .lean<LineDocument[]>(),

  at: (of: Pick<Line, 'workspace' | 'seq'>) =>
    lines.findOne({ _id: lineId(of) }, { _id: 0, seq: 1, at: 1 }).lean<{ seq: number; at: number } | null>(),

  byCommand: ({ workspace, commandIds }: { workspace: string; commandIds: readonly string[] }) =>
    lines
      .find({ workspace, commandId: { $in: [...commandIds] } })
      .batchSize(Math.max(1, commandIds.length))
      .hint(BY_COMMAND)
      .lean<LineDocument[]>(),

  last: (workspace: string) =>
    lines
      .findOne({ workspace }, { _id: 0, seq: 1 })
      .sort({ workspace: -1, seq: -1 })
      .hint(BY_SEQ)
      .lean<{ seq: number } | null>(),

  /** `isIndexed`: walks the lines of the account alone, newest first; else every line of a range of numbers, and picks. */
  touching: ({ workspace, account, fromSeq, beforeSeq, linesMax, isIndexed }: Touching) =>
    lines
      .find({ workspace, touchedAccounts: account, seq: { $gte: fromSeq, $lt: beforeSeq } })
      .sort({ workspace: -1, seq: -1 })
      .limit(linesMax)
      .batchSize(linesMax)
      .hint(isIndexed ? BY_ACCOUNT : BY_SEQ)
      .lean<LineDocument[]>(),

  /** Jumps from one workspace to the next in the index. */
  workspaces: () => lines.distinct('workspace').exec(),
});

type Touching = {
  workspace: string;
  account: AccountId;
  fromSeq: number;
  beforeSeq: number;
  linesMax: number;
  isIndexed: boolean;
};
