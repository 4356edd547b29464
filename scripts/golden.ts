// Writes what this version stores and sends into a new folder of `test/golden`: `npm run golden -- 2026-11-29`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../test/golden/golden.ts';
import { makeGolden } from '../test/golden/make.ts';
import { findMongo, newDatabase } from './bench/mongo-server.ts';

const [version] = process.argv.slice(2);
const folder = join(ROOT, version ?? '');
const server = await findMongo();
if (!version || existsSync(folder)) {
  console.log(
    'Name a new folder, by its day: npm run golden -- 2026-11-29. What is there already is never written again.',
  );
  process.exitCode = 1;
} else if (typeof server === 'string') {
  console.log(`MongoDB documents cannot be written: ${server}.`);
  process.exitCode = 1;
} else {
  const { seq, answers } = await makeGolden(folder, newDatabase(server));
  const answered = answers.filter((each) => each.answered).length;
  console.log(`${folder}: ${seq} lines of an organisation, ${answers.length} requests, ${answered} answered.`);
  await server.stop();
}
