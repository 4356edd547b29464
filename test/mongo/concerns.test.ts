import { expect, test } from 'vitest';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongoRecords } from '../../src/storage/records/mongo.ts';
import { asked, stepOf } from '../support/every-step.ts';
import { agency, hold, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { describeOnMongo, testDatabase } from '../support/mongo.ts';

type Command = { commandName: string; command: Record<string, unknown> };

const READS = ['find', 'distinct', 'aggregate', 'count'];
const WRITES = ['insert', 'update', 'delete', 'findAndModify', 'createIndexes', 'bulkWrite'];
/** Have no concern of their own: what a cursor goes on with, and what is asked about server and indexes. */
const OTHERS = ['getMore', 'killCursors', 'listIndexes', 'buildInfo', 'ping', 'endSessions'];

/** An address that asks for less than we promise. */
const LAX =
  'w=1&journal=false&readConcernLevel=local&readPreference=secondaryPreferred&retryWrites=true&retryReads=true';

describeOnMongo('every command', () => {
  const database = testDatabase('concerns');

  test('writes for a majority and its journal, reads what a majority has, is sent once and decides by no condition', async () => {
    const at = `${database.uri}${database.uri.includes('?') ? '&' : '?'}${LAX}`;
    const mongo = await database.open({ at });
    const seen: Command[] = [];
    mongo.connection.getClient().on('commandStarted', ({ commandName, command }) => {
      seen.push({ commandName, command: command as Record<string, unknown> });
    });
    await everythingThereIs(mongo);

    const names = new Set(seen.map(({ commandName }) => commandName));
    expect([...names].filter((name) => ![...READS, ...WRITES, ...OTHERS].includes(name))).toEqual([]);
    for (const name of ['insert', 'update', 'delete', 'createIndexes', 'find', 'distinct'])
      expect(names).toContain(name);
    for (const { commandName, command } of seen) {
      const { writeConcern, readConcern, txnNumber, startTransaction, autocommit, $readPreference } = command;
      expect({ commandName, txnNumber, startTransaction, autocommit }).toEqual({ commandName });
      expect([undefined, 'primary']).toContain(($readPreference as { mode: string } | undefined)?.mode);
      if (WRITES.includes(commandName)) {
        expect({ command, writeConcern }).toEqual({ command, writeConcern: { w: 'majority', j: true } });
      }
      if (READS.includes(commandName)) {
        expect({ command, readConcern }).toEqual({ command, readConcern: { level: 'majority' } });
      }
    }
    // The one update with a condition keeps the copy of the budgets; the others mean the same however often they are done.
    const conditional = seen
      .filter(({ commandName }) => commandName === 'update')
      .filter(({ command }) => /"\$(lt|lte|gt|gte|ne|inc|exists)"/.test(JSON.stringify(command.updates)))
      .map(({ command }) => command.update);
    expect([...new Set(conditional)]).toEqual(['budgets']);
  });
});

async function everythingThereIs(mongo: Parameters<typeof openMongoJournal>[0]) {
  const { lines } = given(agency(), hold(3));
  const journal = await openMongoJournal(mongo, { copyBudgets: true });
  await journal.append(lines);
  await journal.append(lines);
  await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 3 });
  await journal.findCommands({ workspace: WORKSPACE, commandIds: ['c1'] });
  await journal.history({ workspace: WORKSPACE, account: 'client:acme', fromAt: 0, toAt: 1e15, linesMax: 5 });
  await journal.workspaces();
  await journal.close();

  const { jobs, prompts, images, marks } = await openMongoRecords(mongo);
  const job = { workspace: 'T1', jobId: 'j1' };
  await jobs.append(asked());
  await jobs.append(asked());
  await jobs.append(stepOf(1, { kind: 'finished' }));
  await jobs.steps(job);
  await jobs.open({ workspace: 'T1', jobsMax: 5 });
  await jobs.latest({ workspace: 'T1', memberId: 'U1', jobsMax: 5 });
  await prompts.put({ ...job, text: 'a fox' });
  await prompts.get(job);
  await prompts.erase(job);
  const image = {
    workspace: 'T1',
    imageId: 'j1/1',
    contentType: 'image/png',
    costMicroUsd: 1,
    madeAt: 1,
    expiresAt: 2,
  };
  await images.put({ ...image, bytes: new Uint8Array(600_000) });
  await images.get(image);
  await images.expire({ now: 5, imagesMax: 5 });
  await images.put({ ...image, bytes: new Uint8Array(10) });
  await images.erase(image);
  const mark = { workspace: 'T1', key: 'k', value: 'v', at: 1 };
  await marks.put(mark);
  await marks.get(mark);
  await marks.remove(mark);
  await marks.put(mark);
  await marks.expire({ workspace: 'T1', prefix: 'k', before: 5, marksMax: 5 });
}
