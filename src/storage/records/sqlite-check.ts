import type { SqliteFile } from '../sqlite/file.ts';
import { RecordsFault } from './records.ts';
import { parseStep } from './step.ts';

/** A few milliseconds' worth. */
const ROWS_A_PAGE = 250;

/** Each table and each index, gone through by its own key. Images without their bytes, which may be gigabytes. */
const STEPS = `SELECT workspace, job_id, step_no, step FROM steps
  WHERE (workspace, job_id, step_no) > (?, ?, ?) ORDER BY workspace, job_id, step_no LIMIT ${ROWS_A_PAGE}`;
const BY_ROWID = `SELECT rowid AS id, content_type FROM images NOT INDEXED WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS_A_PAGE}`;
const COUNTED = [
  'SELECT count(*) FROM jobs INDEXED BY jobs_open WHERE open = 1',
  'SELECT count(*) FROM jobs INDEXED BY jobs_by_member',
  'SELECT count(*) FROM images INDEXED BY images_by_expiry',
  'SELECT sum(open) FROM jobs',
  'SELECT max(length(text)) FROM prompts',
  'SELECT max(length(value)) FROM marks',
  'SELECT count(image_id) FROM (SELECT workspace, image_id FROM images ORDER BY workspace, image_id)',
];

/** What is wrong with the records, or null. The file is read afresh, a page at a time, with a turn for everybody else in between. */
export async function checkIn(file: SqliteFile): Promise<string | null> {
  const trouble = file.trouble();
  if (trouble) return trouble.problem;
  try {
    await checkSteps(file);
    await checkImages(file);
    for (const sql of COUNTED) {
      await file.read(() => file.database.prepare(sql).get());
      await nextTurnOfTheLoop();
    }
    return null;
  } catch (error) {
    if (error instanceof RecordsFault && error.code === 'corrupt') return error.message;
    throw error;
  }
}

type StepRow = { workspace: string; job_id: string; step_no: number; step: string };

async function checkSteps({ database, read }: SqliteFile): Promise<void> {
  const page = database.prepare(STEPS);
  for (let last: [string, string, number] = ['', '', 0]; ; ) {
    const rows = await read(() => page.all(...last) as StepRow[]);
    for (const { job_id, step } of rows) parseStep(step, `job ${job_id}`);
    const end = rows.at(-1);
    if (!end) return;
    last = [end.workspace, end.job_id, end.step_no];
    await nextTurnOfTheLoop();
  }
}

async function checkImages({ database, read }: SqliteFile): Promise<void> {
  const page = database.prepare(BY_ROWID);
  for (let last = 0; ; ) {
    const rows = await read(() => page.all(last) as { id: number }[]);
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
    await nextTurnOfTheLoop();
  }
}

const nextTurnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));
