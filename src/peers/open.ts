import { BookFault } from '../app/batch.ts';
import type { Book } from '../app/book.ts';
import { contentHash } from '../app/content-hash.ts';
import type { Handed, Outcome } from '../app/hand-over.ts';
import type { Clock, Log, NewId } from '../app/ports.ts';
import { JournalFault } from '../journal/journal.ts';
import { contentOf } from '../ledger/lines.ts';
import type { Leases } from './lease.ts';
import { listenToPeers } from './listener.ts';
import { type HandOver, OneWriter, type Reply } from './one-writer.ts';
import { createSend } from './send.ts';

/** The other processes of a workspace, as this one meets them. */
export type Peers = {
  writer: OneWriter;
  /** From now on this process may write for all, by this book. */
  serve(book: Book): Promise<void>;
  /** Gives the lease back: another process writes for all from now on. */
  leave(): Promise<void>;
  close(): Promise<void>;
};

export type PeersOptions = {
  /** Where to listen, and where the others reach it. */
  host: string;
  /** 0: any that is free. */
  port: number;
  processId: string;
  newId: NewId;
  /** One that never jumps. */
  steady: Clock;
};

type Parts = PeersOptions & {
  workspace: string;
  leases: Leases;
  key: string;
  rules: string;
  clock: Clock;
  log: Log;
};

export async function openPeers(parts: Parts): Promise<Peers> {
  const { host, port, processId, newId, steady, workspace, leases, key, rules, clock, log } = parts;
  let book: Book | null = null;
  const take = async (handOver: HandOver): Promise<Reply> =>
    book && writer.accepts(handOver) ? await decide(book, handOver.commands) : { kind: 'not_here' };
  const listener = await listenToPeers({ host, port, key, processId, now: clock.now, take });
  const { send, close } = createSend({ key, now: clock.now, newId });
  const writer = new OneWriter({ workspace, leases, send, clock: steady, log, processId, url: listener.url, rules });
  return {
    writer,
    async serve(of) {
      book = of;
      await writer.open();
    },
    leave: () => writer.leave(),
    async close() {
      await writer.leave();
      await listener.close();
      close();
    },
  };
}

/** All of them together with our own: they share a write. */
export async function decide(book: Book, commands: readonly Handed[]): Promise<Reply> {
  const outcomes = await Promise.all(commands.map((handed) => outcomeOf(book, handed)));
  return { kind: 'done', outcomes, seq: book.now().seq };
}

async function outcomeOf(book: Book, { command, commandHash }: Handed): Promise<Outcome> {
  // Something was lost on the way: an answer to this one would not be an answer to that one.
  if (contentHash(contentOf(command)) !== commandHash) return 'failed';
  try {
    const { line } = await book.submit(command, { isHanded: true });
    return line ? 'stands' : 'turned_away';
  } catch (error) {
    if (error instanceof JournalFault && error.code === 'uncertain') return 'in_doubt';
    // A line stands, for something else: who asked finds it, and says so.
    if (error instanceof BookFault && error.code === 'id_reused') return 'stands';
    // Nothing was written. What is wrong with the command itself is found out again, and told, where it was asked.
    return 'failed';
  }
}
