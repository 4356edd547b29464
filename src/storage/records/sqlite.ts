import { type FileOptions, openFile, type SqliteFile } from '../sqlite/file.ts';
import {
  type Images,
  type Jobs,
  type MovableRecords,
  type Prompts,
  RecordsFault,
  type StoredImage,
  stepGap,
} from './records.ts';
import { allIn } from './sqlite-all.ts';
import { checkIn } from './sqlite-check.ts';
import { marksIn, putOrTaken } from './sqlite-marks.ts';
import { closes, opens, parseStep, storedStep } from './step.ts';

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
export const openSqliteRecords = (file: string, options: FileOptions = {}): MovableRecords =>
  openFile(file, {
    ...options,
    schema: SCHEMA,
    build: recordsIn,
    fault: (code, details) => new RecordsFault(code, details),
  });

function recordsIn(file: SqliteFile): MovableRecords {
  file.database.exec('PRAGMA secure_delete=ON');
  const eraser = eraserOf(file);
  // What an earlier process erased last may stand in the log still.
  eraser.overwrite();
  const images = imagesIn(file, eraser);
  return {
    jobs: jobsIn(file),
    prompts: promptsIn(file, eraser),
    images,
    marks: marksIn(file),
    all: () => allIn(file, images),
    trouble: async () => file.trouble(),
    check: () => checkIn(file),
    close: async () => file.close(),
  };
}

function jobsIn({ database, read, write }: SqliteFile): Jobs {
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
      const stored = JSON.stringify(storedStep(step));
      const { workspace, jobId, stepNo } = step;
      const written = await write(() => {
        if (stepNo > 0 && !stands.get(workspace, jobId, stepNo - 1)) throw stepGap(step);
        insertStep.run(workspace, jobId, stepNo, stored);
        if (step.kind === 'asked') insertJob.run(workspace, jobId, step.memberId, step.at);
        else if (opens(step)) setOpen.run(1, workspace, jobId);
        else if (closes(step)) setOpen.run(0, workspace, jobId);
      });
      return written === 'written' ? 'appended' : 'taken';
    },
    steps: ({ workspace, jobId }) =>
      read(() => (steps.all(workspace, jobId) as { step: string }[]).map((row) => parseStep(row.step, `job ${jobId}`))),
    open: ({ workspace, afterJobId = '', jobsMax }) => read(() => jobIds(open.all(workspace, afterJobId, jobsMax))),
    latest: ({ workspace, memberId, jobsMax }) => read(() => jobIds(latest.all(workspace, memberId, jobsMax))),
  };
}

const jobIds = (rows: unknown[]) => (rows as { job_id: string }[]).map((row) => row.job_id);

function promptsIn({ database, read, write }: SqliteFile, { erase }: Eraser): Prompts {
  const insert = database.prepare('INSERT INTO prompts VALUES (?, ?, ?)');
  const select = database.prepare('SELECT text FROM prompts WHERE workspace = ? AND job_id = ?');
  const remove = database.prepare('DELETE FROM prompts WHERE workspace = ? AND job_id = ?');
  return {
    put: async ({ workspace, jobId, text }) => putOrTaken(await write(() => insert.run(workspace, jobId, text))),
    get: ({ workspace, jobId }) =>
      read(() => (select.get(workspace, jobId) as { text: string } | undefined)?.text ?? null),
    erase: async ({ workspace, jobId }) => void (await erase(() => remove.run(workspace, jobId))),
  };
}

type ImageRow = {
  content_type: string;
  bytes: Uint8Array;
  cost_micro_usd: number;
  made_at: number;
  expires_at: number;
};

function imagesIn({ database, read, write }: SqliteFile, { erase }: Eraser): Images {
  const insert = database.prepare('INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?)');
  const select = database.prepare('SELECT * FROM images WHERE workspace = ? AND image_id = ?');
  const remove = database.prepare('DELETE FROM images WHERE workspace = ? AND image_id = ?');
  const expire = database.prepare(
    'DELETE FROM images WHERE rowid IN (SELECT rowid FROM images WHERE expires_at <= ? ORDER BY expires_at LIMIT ?)',
  );
  return {
    put: async ({ workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt }) =>
      putOrTaken(
        await write(() => insert.run(workspace, imageId, contentType, bytes, costMicroUsd, madeAt, expiresAt)),
      ),
    get: ({ workspace, imageId }) =>
      read((): StoredImage | null => {
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
    erase: async ({ workspace, imageId }) => void (await erase(() => remove.run(workspace, imageId))),
    expire: ({ now, imagesMax }) => erase(() => expire.run(now, imagesMax)),
  };
}

type Eraser = {
  /** Answers how many rows went. */
  erase(remove: () => { changes: number | bigint }): Promise<number>;
  overwrite(): void;
};

/**
 * What was erased still stands in the write-ahead log, and in the pages that the log has not reached yet. Where another
 * program reads just then it is overwritten the next time, which the sweeper asks for every minute.
 */
function eraserOf({ database, read }: SqliteFile): Eraser {
  const truncate = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  let isOwed = false;
  const overwrite = () => {
    isOwed = (truncate.get() as { busy: number }).busy !== 0;
  };
  return {
    overwrite,
    async erase(remove) {
      const erased = await read(() => Number(remove().changes));
      if (erased > 0 || isOwed) await read(overwrite);
      return erased;
    },
  };
}
