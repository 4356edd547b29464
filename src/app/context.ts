import type PQueue from 'p-queue';
import type { Book } from '../book/book.ts';
import type { ImageProvider } from '../images/image-provider.ts';
import type { ProviderName } from '../images/providers.ts';
import type { RateCard } from '../images/rates/card.ts';
import type { Channels, Clock, Log, NewId, People } from '../ports/ports.ts';
import type { Records } from '../storage/records/records.ts';
import type { Messenger } from './messenger.ts';
import type { MemberRemovedSignal } from './people/member-removed-signal.ts';
import type { Books } from './self-check/verify-books.ts';

/** Everything a use case may reach, built once at the edge. */
export type AppContext = {
  book: Book;
  /** What the book was folded from, to be looked at: only the book writes. */
  journal: Books;
  records: Records;
  /** `images` takes a request to the provider of its model; `names` are the providers with models that can be offered. */
  providers: { images: ImageProvider; names: ReadonlySet<ProviderName> };
  /** The rate card in force, with the shutdown dates that providers have announced since. */
  rateCard(): RateCard;
  /** A card by its id: what was priced from it is charged from it. */
  rateCardOf(rateCardId: string): RateCard;
  messenger: Messenger;
  people: People;
  channels: Channels;
  clock: Clock;
  newId: NewId;
  /** A short one that a person can read out, and the log has too. */
  newReference: NewId;
  log: Log;
  /** Bounds how many images are made at once, over all jobs of this process. */
  imageQueue: PQueue;
  /** Jobs that this process is at work on: the sweeper leaves them alone. */
  running: Set<string>;
  memberRemoved: MemberRemovedSignal;
  /** This process, in leases; another one after every start. */
  processId: string;
  settings: {
    /** How long image bytes are kept. */
    imageRetentionMs: number;
    /** How long after a deletion something may still arrive that was on its way before it. */
    straysMs: number;
    /** A key of ours for the ids that a provider sees instead of members. */
    safetyKey: string;
  };
};
