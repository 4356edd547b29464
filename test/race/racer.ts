// One of the processes of a race: it is told over IPC what to ask for, and says what became of it.
import { randomUUID } from 'node:crypto';
import { Book } from '../../src/book/book.ts';
import type { Command } from '../../src/ledger/commands/commands.ts';
import type { Answer } from '../../src/ledger/lines.ts';
import { openMongoLeases } from '../../src/peers/mongo-leases.ts';
import { openPeers } from '../../src/peers/open.ts';
import type { Log } from '../../src/ports/ports.ts';
import { realClock, steadyClock, timelessClock } from '../../src/start/real-clock.ts';
import { openMongoJournal } from '../../src/storage/journal/mongo.ts';
import { openMongo } from '../../src/storage/mongo/open.ts';
import type { Answered, Order } from './orders.ts';

const SILENT: Log = { info: () => {}, warn: () => {}, error: () => {} };
const WAIT_MS = 20_000;
const ATTEMPTS_MAX = 50;

type Place = { book: Book; close(): Promise<void> };
let place: Place | null = null;

// Nobody is left to race for.
process.once('disconnect', () => process.exit(1));

process.on('message', (order: Order) => {
  obey(order).then(
    (answered) => process.send?.({ ok: true, ...answered }),
    (error: unknown) => process.send?.({ ok: false, problem: (error as Error).stack ?? String(error) }),
  );
});

async function obey(order: Order): Promise<Partial<Answered>> {
  switch (order.kind) {
    case 'open': {
      const mongo = await openMongo(order.uri, { waitMs: WAIT_MS });
      const journal = await openMongoJournal(mongo);
      const clock = timelessClock(() => order.at);
      const { workspace } = order;
      const peers = await openPeers({
        ...{ host: '127.0.0.1', port: 0, processId: randomUUID(), newId: randomUUID, key: 'race', rules: 'race' },
        ...{ workspace, leases: await openMongoLeases(mongo), clock: realClock, steady: steadyClock, log: SILENT },
      });
      const book = await Book.open({ journal, clock, workspace, writer: peers.writer });
      await peers.serve(book);
      const close = async () => {
        await book.close();
        await peers.close();
        await journal.close();
        await mongo.close();
      };
      place = { book, close };
      return {};
    }
    case 'submit':
      return { answers: await Promise.all(order.commands.map(submit)) };
    case 'close':
      await place?.close();
      place = null;
      return {};
  }
}

/** Until it is answered: what the store could not do, or not in time, is asked for again with the same id. */
async function submit(command: Command): Promise<NonNullable<Answered['answers']>[number]> {
  if (!place) throw new Error('nothing is open');
  const { commandId } = command;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { commandId, attempt, ...said(await place.book.submit(command)) };
    } catch (error) {
      if (attempt === ATTEMPTS_MAX || (error as { code?: string }).code === undefined) throw error;
    }
  }
}

const said = (answer: Answer) => ({
  as: answer.line?.kind ?? 'turned_away',
  seq: answer.line?.seq ?? 0,
  reason: answer.ok ? null : answer.refusal.reason,
});
