import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openFolder } from '../../src/start/folder-stores.ts';
import { realClock } from '../../src/start/real-clock.ts';
import type { MovableRecords } from '../../src/storage/records/records.ts';
import { liveThrough, openOrganisation } from '../matrix/organisation.ts';
import { EVERY_LINE } from '../support/every-line.ts';
import { asked, EVERY_FACT, stepOf } from '../support/every-step.ts';
import { type Stores, WORKSPACE } from '../support/world.ts';
import { documentsOf, snapshot } from './documents.ts';
import { copyOf, type Golden, NAMES } from './golden.ts';
import { payloadsIn } from './payloads.ts';
import { replay } from './replay.ts';

/** Beside the organisation, in the same stores. */
const EVERY_KIND = 'T1EVERYKIND';
const FOLD_ID = 'golden';

/** Writes what this version stores and sends into an empty folder, for every later version to read. */
export async function makeGolden(folder: string, mongoUri: string): Promise<Golden> {
  mkdirSync(folder, { recursive: true });
  const stores = openFolder({ dataDir: folder, sqliteEngine: 'package' });
  const org = await openOrganisation({ ...stores, clock: realClock });
  await liveThrough(org);
  await org.idle();
  const { seq } = org.world.book.now();
  const sent = payloadsIn(org);
  await org.stop();
  await addEveryKind(stores);
  await snapshot(stores, { workspace: WORKSPACE, foldId: FOLD_ID });
  const records = await countIn(stores.records);
  await stores.close();
  const madeAt = Date.now();
  const documents = await documentsOf(folder, mongoUri, { workspace: WORKSPACE, foldId: FOLD_ID });
  const copied = openFolder({ dataDir: copyOf(folder), sqliteEngine: 'package' });
  const { answers, bugs } = await replay(copied, { madeAt, sent });
  await copied.close();
  if (bugs.length > 0) throw new Error(`it did not answer all of it: ${JSON.stringify(bugs)}`);
  const node = process.versions.node;
  const golden: Golden = {
    ...{ madeAt, seq, node, records, everyKind: EVERY_KIND, everyKindLines: EVERY_LINE.length, foldId: FOLD_ID },
    lineKinds: kindsOf(EVERY_LINE),
    stepKinds: kindsOf([asked(), ...EVERY_FACT]),
    answers,
  };
  writeFileSync(join(folder, NAMES.sent), gzipSync(JSON.stringify(sent), { level: 9 }));
  writeFileSync(join(folder, NAMES.documents), gzipSync(documents, { level: 9 }));
  writeFileSync(join(folder, NAMES.golden), `${JSON.stringify(golden, null, 2)}\n`);
  return golden;
}

async function addEveryKind({ journal, records }: Stores): Promise<void> {
  await journal.append(EVERY_LINE.map((line) => ({ ...line, workspace: EVERY_KIND })));
  const of = { workspace: EVERY_KIND, jobId: 'every-step' };
  await records.jobs.append(asked(of));
  for (const [index, fact] of EVERY_FACT.entries()) await records.jobs.append(stepOf(index + 1, fact, of));
  await records.prompts.put({ ...of, text: 'A cat “in space” 🐈‍⬛' });
  await records.marks.put({ workspace: EVERY_KIND, key: 'warned/any', value: 'a value', at: 1 });
}

/** Each once, in order. */
export const kindsOf = (all: readonly { kind: string }[]): string[] => [...new Set(all.map(({ kind }) => kind))].sort();

async function countIn(records: MovableRecords): Promise<Golden['records']> {
  const counts = { step: 0, prompt: 0, image: 0, mark: 0 };
  for await (const { kind } of records.all()) counts[kind] += 1;
  return { steps: counts.step, prompts: counts.prompt, images: counts.image, marks: counts.mark };
}
