import { Book } from '../../src/book/book.ts';
import type { OnExceeded } from '../../src/ledger/state.ts';
import { realClock } from '../../src/start/real-clock.ts';
import type { Journal } from '../../src/storage/journal/journal.ts';
import { bind, client, commandOf, limit, member, open } from '../support/fixtures.ts';
import { WORKSPACE } from './life.ts';

export const OLIVIA = 'U0OLIVIA';
export const MARCUS = 'U0MARCUS';
export const ANA = 'U0ANA';
export const BEN = 'U0BEN';

/** Clients, what their limit of all time is, and what happens over it. Their channels are `C0ATLAS` and so on. */
export const CLIENTS: readonly { clientId: string; limitCredits: number; over: OnExceeded }[] = [
  { clientId: 'atlas', limitCredits: 100_000, over: 'refuse' },
  /** Has room for no image at all. */
  { clientId: 'tight', limitCredits: 1, over: 'refuse' },
  /** Asks each time: whoever approves gives what is lacking, and no more. */
  { clientId: 'asks', limitCredits: 1, over: 'ask' },
  /** Approved for longer than the one request: what is left over is spent by the next ones. */
  { clientId: 'plenty', limitCredits: 1, over: 'ask' },
  { clientId: 'warned', limitCredits: 1, over: 'warn' },
];

export const channelOf = (clientId: string) => `C0${clientId.toUpperCase()}`;

/** The same lines in every scenario: an owner, a manager, creators, and a client for each kind of limit. */
export async function openAgency(journal: Journal): Promise<void> {
  const book = await Book.open({ journal, clock: realClock, workspace: WORKSPACE });
  const wishes = [
    open({ ownerId: OLIVIA, creditValueMicroUsd: 1_000, timeZone: 'Europe/London' }),
    member(MARCUS, 'manager'),
    member(ANA),
    member(BEN),
    ...CLIENTS.flatMap(({ clientId, limitCredits, over }) => [
      { ...client(clientId), by: OLIVIA },
      { ...bind(channelOf(clientId), clientId), by: OLIVIA },
      { ...limit(`client:${clientId}`, 'total', limitCredits, { over }), by: OLIVIA },
    ]),
    // One that nobody can be posted to, and one whose messages are deleted.
    ...['lost', 'gone'].map((channel) => ({ ...bind(channelOf(channel), 'atlas'), by: OLIVIA })),
    {
      kind: 'set_manages' as const,
      by: OLIVIA,
      memberId: MARCUS,
      clientIds: ['asks', 'plenty', 'warned'],
      teamIds: [],
    },
  ];
  const answers = await Promise.all(wishes.map((wish, n) => book.submit(commandOf(wish, `given-${n}`))));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.refusal]));
  if (refused.length > 0) throw new Error(`the agency could not be set up: ${JSON.stringify(refused)}`);
  await book.close();
}
