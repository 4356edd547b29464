import { expect, test } from 'vitest';
import { Book } from '../../src/book/book.ts';
import { Verifier } from '../../src/ledger/verify/verifier.ts';
import { contentHash } from '../../src/ports/content-hash.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongo, WAIT_MS } from '../../src/storage/mongo/open.ts';
import { startServer } from '../mongo-server/server.mjs';
import { createClock } from '../support/clock.ts';
import { agency, commandOf, hold, WORKSPACE } from '../support/fixtures.ts';
import { describeOnMongo, server, withDatabase } from '../support/mongo.ts';

const KILLS = 3;

/** Only a server of our own is killed. */
const testOfOurOwn = server && server.kind !== 'uri' ? test : test.skip;

describeOnMongo('kill -9 of the server', () => {
  testOfOurOwn(
    `${KILLS} times, while commands come in: what was answered stands, what was not is answered when it is sent again`,
    async () => {
      let own = await startServer(server);
      const uri = withDatabase(own.uri, 'kills-test');
      const mongo = await openMongo(uri, { waitMs: WAIT_MS });
      const journal = await openMongoJournal(mongo);
      const book = await Book.open({ journal, clock: createClock(), workspace: WORKSPACE });
      for (const [n, asked] of agency().entries()) await book.submit(commandOf(asked, `c${n}`));

      const answered = new Map<string, unknown>();
      const submit = async (commandId: string) => {
        const { line } = await book.submit(commandOf(hold(1), commandId));
        answered.set(commandId, line);
      };
      for (let round = 0; round < KILLS; round += 1) {
        const ids = Array.from({ length: 60 }, (_, n) => `r${round}-${n}`);
        const asked = Promise.allSettled(
          ids.map(async (id, n) => {
            await pause(n * 3);
            await submit(id);
          }),
        );
        await pause(40 + round * 50);
        await own.kill();
        await asked;
        own = await startServer(server, { folder: own.folder, port: own.port });
        await eventually(() => Promise.all(ids.map(submit)));
      }
      const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
      const verifier = new Verifier(WORKSPACE, contentHash);
      for (const line of lines) verifier.add(line);
      expect(verifier.result()).toMatchObject({ ok: true, linesCount: agency().length + KILLS * 60 });
      for (const line of answered.values()) expect(lines).toContainEqual(line);
      await mongo.close();
      await own.stop();
    },
    60_000,
  );
});

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function eventually(work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await pause(100);
    }
  }
}
