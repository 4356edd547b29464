import { closeSqlite, type Database, openSqlite, type SqliteOptions } from '../sqlite/open.ts';
import { faultCode, inTransaction, isOfSqlite } from '../sqlite/write.ts';
import {
  type Images,
  type Jobs,
  type Marks,
  type MovableRecords,
  type Prompts,
  RecordsFault,
  type StoredImage,
  stepGap,
} from './records.ts';
import { allIn } from './sqlite-all.ts';
import { assertStep, closes, opens, parseStep } from './step.ts';

/** `jobs` repeats what is looked for; it is written with the step that changes it, in one transaction. */
const SCHEMA = [
  `CREATE TABLE steps (
     workspace TEXT NOT NULL, job_id TEXT NOT NULL, step_no INTEGER NOT NULL, step TEXT NOT NULL,
     PRIMARY KEY (workspace, job_id, step_no)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE jobs (
     workspace TEXT NOT NULL, job_id TEXT NOT NULL, member_id TEXT NOT NULL, asked_at INTEGER NOT NULL,
     open INTEGER NOT NULL, PRIMARY KEY (workspace, job_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX jobs_open ON jobs (workspace, job_id) WHERE open = 1;
   CREATE INDEX jobs_by_member ON jobs (workspace, member_id, asked_at);
   CREATE TABLE prompts (
     workspace TEXT NOT NULL, job_id TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (workspace, job_id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE images (
     workspace TEXT NOT NULL, image_id TEXT NOT NULL, content_type TEXT NOT NULL, bytes BLOB NOT NULL,
     cost_micro_usd INTEGER NOT NULL, made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
     PRIMARY KEY (workspace, image_id)
   ) STRICT;
   CREATE INDEX images_by_expiry ON images (expires_at);
   CREATE TABLE marks (
     workspace TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (workspace, key)
   ) STRICT, WITHOUT ROWID`,
];

/** Records in one SQLite file, beside the journal's. What is erased is overwritten, not only forgotten. */
export function openSqliteRecords(file: string, options: SqliteOptions = {}): MovableRecords {
  const database = openSqlite(file, { schema: SCHEMA, ...options });
  database.exec('PRAGMA secure_delete=ON');
  overwrite(database);
  const images = imagesIn(database);
  return {
    jobs: jobsIn(database),
    prompts: promptsIn(database),
    images,
    marks: marksIn(database),
    all: () => allIn(database, images),
    close: async () => closeSqlite(database),
  };
}

function jobsIn(database: Database): Jobs {
  const stands = database.prepare('SELECT 1 FROM steps WHERE workspace = ? AND job_id = ? AND step_no = ?');
  const insertStep = database.prepare('INSERT INTO steps VALUES (?, ?, ?, ?)');
  const insertJob = database.prepare('INSERT INTO jobs VALUES (?, ?, ?, ?, 1)');
  const setOpen = database.prepare('UPDATE jobs SET open = ? WHERE workspace = ? AND job_id = ?');
  const steps = database.prepare('SELECT step FROM steps WHERE workspace = ? AND job_id = ? ORDER BY step_no');
  const open = database.prepare(
    'SELECT job_id FROM jobs INDEXED BY jobs_open WHERE workspace = ? AND open = 1 AND job_id > ? ORDER BY job_id LIMIT ?',
  );
  const latest = database.prepare(
    'SELECT job_id FROM jobs INDEXED BY jobs_by_member WHERE workspace = ? AND member_id = ? ORDER BY asked_at DESC LIMIT ?',
  );
  return {
    append: async (step) => {
      assertStep(step);
      const { workspace, jobId, stepNo } = step;
      const inserted = insertOnce(database, () => {
        if (stepNo > 0 && !stands.get(workspace, jobId, stepNo - 1)) throw stepGap(step);
        insertStep.run(workspace, jobId, stepNo, JSON.stringify(step));
        if (step.kind === 'asked') insertJob.run(workspace, jobId, step.memberId, step.at);
        else if (opens(step)) setOpen.run(1, workspace, jobId);
        else if (closes(step)) setOpen.run(0, workspace, jobId);
      });
      return inserted ? 'appended' : 'taken';
    },
    steps: async ({ workspace, jobId }) =>
      attempt(() =>
        (steps.all(workspace, jobId) as { step: string }[]).map((row) => parseStep(row.step, `job ${jobId}`)),
      ),
    open: async ({ workspace, afterJobId = '', jobsMax }) =>
      attempt(() => jobIds(open.all(workspace, afterJobId, jobsMax))),
    latest: async ({ workspace, memberId, jobsMax }) => attempt(() => jobIds(latest.all(workspace, memberId, jobsMax))),
  };
}

const jobIds = (rows: unknown[]) => (rows as { job_id: string }[]).map((row) => row.job_id);

function promptsIn(database: Database): Prompts {
  const insert = database.prepare('INSERT INTO prompts VALUES (?, ?, ?)');
  const select = database.prepare('SELECT text FROM prompts WHERE workspace = ? AND job_id = ?');
  const remove = database.prepare('DELETE FROM prompts WHERE workspace = ? AND job_id = ?');
  return {
    put: async ({ workspace, jobId, text }) =>
      insertOnce(database, () => insert.run(workspace, jobId, text)) ? 'put' : 'taken',
    get: async ({ workspace, jobId }) =>
      attempt(() => (select.get(workspace, jobId) as { text: string } | undefined)?.text ?? null),
    erase: async ({ workspace, jobId }) => void erase(database, () => remove.run(workspace, jobId)),
  };
}

type ImageRow = {
  content_type: string;
  bytes: Uint8Array;
  cost_micro_usd: number;
  made_at: number;
  expires_at: number;
};

function imagesIn(database: Database): Images {
  const insert = database.prepare('INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = database.prepare('SELECT * FROM images WHERE workspace = ? AND image_id = ?');
  const remove = database.prepare('DELETE FROM images WHERE workspace = ? AND image_id = ?');
  const expire = database.prepare(
    'DELETE FROM images WHERE rowid IN (SELECT rowid FROM images WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)',
  );
  return {
    put: async ({ workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt }) =>
      insertOnce(database, () => insert.run(workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt))
        ? 'put'
        : 'taken',
    get: async ({ workspace, imageId }) =>
      attempt((): StoredImage | null => {
        const row = select.get(workspace, imageId) as ImageRow | undefined;
        if (!row) return null;
        const { content_type, bytes, cost_micro_usd, made_at, expires_at } = row;
        return {
          workspace,
          imageId,
          contentType: content_type,
          bytes: new Uint8Array(bytes),
          costMicroUsd: cost_micro_usd,
          madeAt: made_at,
          expiresAt: expires_at,
        };
      }),
    erase: async ({ workspace, imageId }) => void erase(database, () => remove.run(workspace, imageId)),
    expire: async ({ now, imagesMax }) => erase(database, () => expire.run(now, imagesMax)),
  };
}

function marksIn(database: Database): Marks {
  const insert = database.prepare('INSERT INTO marks VALUES (?, ?, ?, ?)');
  const select = database.prepare('SELECT value FROM marks WHERE workspace = ? AND key = ?');
  const remove = database.prepare('DELETE FROM marks WHERE workspace = ? AND key = ?');
  return {
    put: async ({ workspace, key, value, at }) =>
      insertOnce(database, () => insert.run(workspace, key, value, at)) ? 'put' : 'taken',
    get: async ({ workspace, key }) =>
      attempt(() => (select.get(workspace, key) as { value: string } | undefined)?.value ?? null),
    remove: async ({ workspace, key }) => attempt(() => void remove.run(workspace, key)),
  };
}

/** How many rows it erased. */
function erase(database: Database, remove: () => { changes: number | bigint }): number {
  return attempt(() => {
    const erased = Number(remove().changes);
    if (erased > 0) overwrite(database);
    return erased;
  });
}

/**
 * What was erased still stands in the write-ahead log, and in the pages that the log has not reached yet. Where another
 * process reads just then it stays until the next time.
 */
const overwrite = (database: Database) => void database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get();

/** False where a unique key was taken; nothing was written then. */
function insertOnce(database: Database, write: () => void): boolean {
  const tried = inTransaction(database, write);
  if (tried.kind === 'fault') throw new RecordsFault(tried.code, { cause: tried.cause });
  return tried.kind === 'written';
}

function attempt<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw isOfSqlite(error) ? new RecordsFault(faultCode(error), { cause: error }) : error;
  }
}
