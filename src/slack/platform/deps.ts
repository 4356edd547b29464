import type { Delivered } from '../../app/messenger.ts';
import type { Channels, Clock, Log, People } from '../../ports/ports.ts';
import type { Publish } from '../home/publish-home.ts';
import type { NotSpending, Spend } from '../kit/once.ts';
import type { SharedFile } from '../messenger/files.ts';
import type { Tell } from '../messenger/tell.ts';
import type { TellFault } from './errors.ts';

/** What listeners work with. */
export type Deps = {
  app: NotSpending;
  spend: Spend;
  people: People;
  channels: Channels;
  clock: Clock;
  log: Log;
  /** Says something to one person, where they are. */
  tell: Tell;
  /** Sends one person a file, by direct message. */
  sendFile: (memberId: string, file: SharedFile) => Promise<Delivered>;
  /** Redraws a person's Home. */
  publish: Publish;
  /**
   * For work that no person waits for. What a listener throws arrives there by itself, with the payload to tell from who it
   * was and where.
   */
  tellFault: TellFault;
};
