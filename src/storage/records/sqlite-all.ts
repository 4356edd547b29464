import type { SqliteFile } from '../sqlite/file.ts';
import type { Images, Kept } from './records.ts';
import { parseStep } from './step.ts';

type StepRow = { workspace: string; job_id: string; step_no: number; step: string };
type PromptRow = { workspace: string; job_id: string; text: string };
type MarkRow = { workspace: string; key: string; value: string; at: number };

const ROWS_A_PAGE = 500;

/** Everything there is, in order of its keys, a page at a time: one long read would keep the log from being reset. */
export async function* allIn(file: SqliteFile, images: Images): AsyncGenerator<Kept> {
  const steps = pages<StepRow>(file, 'SELECT workspace, job_id, step_no, step FROM steps', [
    'workspace',
    'job_id',
    'step_no',
  ]);
  for await (const { job_id, step } of steps) yield { kind: 'step', step: parseStep(step, `job ${job_id}`) };
  for await (const { workspace, job_id, text } of pages<PromptRow>(file, 'SELECT * FROM prompts', [
    'workspace',
    'job_id',
  ])) {
    yield { kind: 'prompt', prompt: { workspace, jobId: job_id, text } };
  }
  for await (const mark of pages<MarkRow>(file, 'SELECT workspace, key, value, at FROM marks', ['workspace', 'key'])) {
    yield { kind: 'mark', mark: { ...mark } };
  }
  const keys = pages<{ workspace: string; image_id: string }>(file, 'SELECT workspace, image_id FROM images', [
    'workspace',
    'image_id',
  ]);
  for await (const { workspace, image_id } of keys) {
    const image = await images.get({ workspace, imageId: image_id });
    if (image) yield { kind: 'image', image };
  }
}

async function* pages<Row extends Record<string, string | number>>(
  { database, read }: SqliteFile,
  select: string,
  key: readonly (keyof Row & string)[],
): AsyncGenerator<Row> {
  const columns = key.join(', ');
  const first = database.prepare(`${select} ORDER BY ${columns} LIMIT ${ROWS_A_PAGE}`);
  const next = database.prepare(
    `${select} WHERE (${columns}) > (${key.map(() => '?').join(', ')}) ORDER BY ${columns} LIMIT ${ROWS_A_PAGE}`,
  );
  let rows = await read(() => first.all() as Row[]);
  while (rows.length > 0) {
    yield* rows;
    const last = rows.at(-1) as Row;
    rows = await read(() => next.all(...key.map((column) => last[column] as string | number)) as Row[]);
  }
}
