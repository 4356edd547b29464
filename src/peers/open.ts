import type { Book } from '../book/book.ts';
import { BookFault } from '../book/decide-batch.ts';
import type { Handed, Outcome } from '../book/forward-commands.ts';
import { contentOf } from '../ledger/lines.ts';
import { contentHash } from '../ports/content-hash.ts';
import type { Clock, Log, NewId } from '../ports/ports.ts';
import { JournalFault } from '../storage/journal/journal.ts';
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
    book && writer.accepts(handOver) ? await decide(book, handOver, clock.now()) : { kind: 'not_here' };
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

/** Milliseconds. If two clocks differ by more, one is wrong: each process then decides by its own clock. */
const APART_MAX_MS = 60_000;

/** All of them together with our own: they share a write. `now`: of the clock that this process decides by. */
export async function decide(
  book: Book,
  { commands, afterSeq }: Pick<HandOver, 'commands' | 'afterSeq'>,
  now: number,
): Promise<Reply> {
  const outcomes = await Promise.all(commands.map((handed) => outcomeOf(book, handed, now)));
  return { kind: 'done', outcomes, seq: book.now().seq, lines: book.linesAfter(afterSeq) };
}

async function outcomeOf(book: Book, { command, commandHash, at }: Handed, now: number): Promise<Outcome> {
  // Something was lost on the way: an answer to this one would not be an answer to that one.
  if (contentHash(contentOf(command)) !== commandHash || Math.abs(at - now) > APART_MAX_MS) return 'yours';
  try {
    const { line } = await book.submit(command, { isHanded: true, notBeforeAt: at });
    // What the burst limit turns away leaves no line to answer it.
    return line ? 'stands' : 'yours';
  } catch (error) {
    if (error instanceof JournalFault) return error.code === 'uncertain' ? 'in_doubt' : 'failed';
    if (!(error instanceof BookFault)) return 'yours';
    // A line stands, for something else: who asked finds it, and says so.
    return error.code === 'id_reused' ? 'stands' : 'failed';
  }
}
