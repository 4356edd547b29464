import { randomUUID } from 'node:crypto';
import { Book } from '../../src/book/book.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Leases } from '../../src/peers/lease.ts';
import { openPeers } from '../../src/peers/open.ts';
import type { Clock } from '../../src/ports/ports.ts';
import { realClock, steadyClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { WORKSPACE } from '../support/fixtures.ts';

export const KEY = 'a key of these tests';

export type Member = Awaited<ReturnType<typeof joinAs>>;

/** A process as the product builds it, over real sockets; `wrote`: the lines that it appended itself; `reads`: after which lines it read. */
export async function joinAs(
  processId: string,
  {
    journal,
    leases,
    clock = realClock,
    key = KEY,
    rules = 'same',
  }: { journal: Journal; leases: Leases; clock?: Clock; key?: string; rules?: string },
) {
  const wrote: Line[] = [];
  const reads: number[] = [];
  const logged: string[] = [];
  const failing: { append: ((append: () => Promise<'appended' | 'taken'>) => Promise<'appended' | 'taken'>) | null } = {
    append: null,
  };
  const own: Journal = {
    ...journal,
    read(query) {
      reads.push(query.afterSeq);
      return journal.read(query);
    },
    async append(lines) {
      const append = () => journal.append(lines);
      const written = await (failing.append ? failing.append(append) : append());
      if (written === 'appended') wrote.push(...lines);
      return written;
    },
  };
  const log = (facts: object, message: string) => void logged.push(`${message} ${JSON.stringify(facts)}`);
  const peers = await openPeers({
    ...{ host: '127.0.0.1', port: 0, processId, newId: randomUUID, key, rules, steady: steadyClock },
    ...{ workspace: WORKSPACE, leases, clock, log: { info: log, warn: log, error: log } },
  });
  const book = await Book.open({ journal: own, clock, workspace: WORKSPACE, writer: peers.writer });
  await peers.serve(book);
  return { processId, book, peers, wrote, reads, logged, failing };
}
