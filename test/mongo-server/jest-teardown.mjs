// Ends the run's server, and says what the MongoDB suites ran on. `scripts/test.mjs` prints it last.
import { writeFileSync } from 'node:fs';

export default async function endServer() {
  const { result, close } = globalThis.inkwellMongo;
  const found = await result();
  await close();
  if (!found) return;
  const ran = found.name !== undefined;
  const sentence = ran
    ? `MongoDB suites: ran on ${found.name} ${found.version}`
    : `MongoDB suites: SKIPPED, ${found.reason}`;
  const file = process.env.INKWELL_TEST_COUNTS;
  if (file) writeFileSync(`${file}.mongo`, JSON.stringify({ ran, sentence }));
  else console.log(`\n${ran ? '' : '!!! '}${sentence}`);
}
