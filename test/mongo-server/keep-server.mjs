// Keeps one server for a whole test run. It lives in the process that runs the workers, and is started when the first of
// them asks for it, so that a run without MongoDB suites waits for nothing. Its end says what the suites ran on:
// `scripts/test.mjs` prints that last.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import mongoose from 'mongoose';
import { findServer, nameOf, startServer } from './server.mjs';

export default async function keepServer() {
  let asked = null;
  let running = null;
  const open = async () => {
    const found = await findServer();
    if (found.kind === 'none' || found.kind === 'refused') return found;
    if (found.kind === 'uri') return { ...found, ...(await nameAt(found.uri)) };
    running = await startServer(found);
    const { uri, name, version } = running;
    return { ...found, uri, name, version };
  };
  const keeper = createServer(async (_request, response) => {
    asked ??= open().catch((error) => ({ kind: 'none', reason: `no server: ${error.message}` }));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await asked));
  });
  // A build takes longer than an idle connection is kept.
  keeper.requestTimeout = 0;
  await new Promise((resolve) => keeper.listen(0, '127.0.0.1', resolve));
  process.env.INKWELL_TEST_MONGO = `http://127.0.0.1:${keeper.address().port}/`;
  return async () => {
    const found = await asked;
    await running?.stop();
    keeper.closeAllConnections();
    await new Promise((resolve) => keeper.close(resolve));
    if (found) say(found);
  };
}

function say(found) {
  const ran = found.name !== undefined;
  const sentence = ran
    ? `MongoDB suites: ran on ${found.name} ${found.version}`
    : `MongoDB suites: SKIPPED, ${found.reason}`;
  const file = process.env.INKWELL_TEST_COUNTS;
  if (file) writeFileSync(`${file}.mongo`, JSON.stringify({ ran, sentence }));
  else console.log(`\n${ran ? '' : '!!! '}${sentence}`);
}

async function nameAt(uri) {
  const connection = mongoose.createConnection();
  await connection.openUri(uri, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await nameOf(connection);
  } finally {
    await connection.close(true);
  }
}
