import { Book } from '../../../../src/book/book.ts';
import { type CommandBody, INKWELL } from '../../../../src/ledger/commands/commands.ts';
import type { Line } from '../../../../src/ledger/lines.ts';
import { timelessClock } from '../../../../src/start/real-clock.ts';
import { createMemoryJournal } from '../../../../src/storage/journal/memory.ts';

export const WORKSPACE = 'T1';
export const OWNERS = ['UOLIVIA', 'UOSCAR'] as const;
export const MANAGERS = ['UMARCUS', 'UMIRA'] as const;
export const CREATOR = 'UANA';
/** Manages as others do, and is a guest in Slack. */
export const GUEST = 'UGIL';
export const CHANNELS = { acme: 'C0ACME', nova: 'C0NOVA' } as const;
export type ClientId = keyof typeof CHANNELS;

const DAY_MS = 86_400_000;

/** Where it is, from when on, and when its weeks begin: clocks are changed soon after, or a date is left out. */
export const SCENES: readonly { timeZone: string; startAt: number; weekStartsOn: number }[] = [
  scene('Europe/Berlin', '2026-10-20', 1),
  scene('Europe/Berlin', '2027-03-23', 0),
  scene('America/New_York', '2026-10-27', 0),
  scene('America/New_York', '2027-03-09', 1),
  scene('Australia/Lord_Howe', '2026-09-29', 1),
  scene('Australia/Lord_Howe', '2027-03-30', 6),
  scene('America/Santiago', '2026-09-01', 1),
  scene('America/Santiago', '2027-03-30', 0),
  scene('Africa/Casablanca', '2027-02-02', 1),
  scene('Africa/Casablanca', '2027-03-09', 6),
  scene('Africa/Cairo', '2026-10-24', 6),
  scene('Asia/Beirut', '2027-03-23', 1),
  scene('Antarctica/Troll', '2026-10-20', 1),
  scene('Pacific/Apia', '2011-12-25', 1),
  scene('Pacific/Kiritimati', '2026-11-26', 1),
  scene('Asia/Kathmandu', '2026-12-27', 0),
  scene('UTC', '2026-11-24', 1),
];

function scene(timeZone: string, date: string, weekStartsOn: number) {
  return { timeZone, startAt: Date.parse(date) + 15 * 3_600_000, weekStartsOn };
}

/** Enough to know what is usual. */
const HISTORY_DAYS = 6;
let openings: Map<string, readonly Line[]> | undefined;

/** An agency with two clients, a team, a project, and some days of use; written once for all schedules of a scene. */
export async function openingLines(of: (typeof SCENES)[number]): Promise<readonly Line[]> {
  openings ??= new Map();
  const key = JSON.stringify(of);
  const known = openings.get(key);
  if (known) return known;
  const journal = createMemoryJournal();
  let now = of.startAt - (HISTORY_DAYS + 1) * DAY_MS;
  const book = await Book.open({ journal, clock: timelessClock(() => now), workspace: WORKSPACE });
  let commands = 0;
  const say = async (by: string, wish: CommandBody) => {
    commands += 1;
    const answer = await book.submit({ commandId: `given-${commands}`, by, ...wish });
    if (!answer.ok) throw new Error(`the agency cannot be opened: ${JSON.stringify(answer.refusal)}`);
  };
  for (const [by, wish] of opening(of)) await say(by, wish);
  for (let day = 0; day < HISTORY_DAYS; day += 1) {
    now += DAY_MS;
    for (const clientId of ['acme', 'nova'] as const) {
      await say(CREATOR, holding(clientId, 3));
      await say(INKWELL, { kind: 'capture', holdId: `given-${commands}/1`, capturedCredits: 3, costMicroUsd: 1 });
    }
  }
  const lines = await journal.read({ workspace: WORKSPACE, afterSeq: 0, linesMax: 10_000 });
  openings.set(key, lines);
  return lines;
}

export const holding = (clientId: ClientId, credits: number): CommandBody => ({
  kind: 'hold',
  imagesCount: 1,
  eachCredits: credits,
  channelId: CHANNELS[clientId],
  threadTs: null,
  projectId: clientId === 'acme' ? 'spring' : null,
  work: {
    ...{ model: 'gpt-image-2', size: '1024x1024', quality: 'high', stage: 'concept' },
    ...{ rateCardId: '2026-11', boundMicroUsd: 1_000 },
  },
  timeoutMs: 600_000,
  contentDigest: 'digest',
});

function opening({ timeZone, weekStartsOn }: (typeof SCENES)[number]): [string, CommandBody][] {
  const [owner, second] = OWNERS;
  const [marcus, mira] = MANAGERS;
  const settings = { creditValueMicroUsd: 10_000, markupBasisPoints: 15_000, defaultRole: 'creator' } as const;
  return [
    [INKWELL, { kind: 'open_workspace', ownerId: owner, timeZone, weekStartsOn, ...settings }],
    [INKWELL, { kind: 'add_member', memberId: second, role: 'owner' }],
    ...[marcus, mira, GUEST].map((memberId): [string, CommandBody] => [
      INKWELL,
      { kind: 'add_member', memberId, role: 'manager' },
    ]),
    [INKWELL, { kind: 'add_member', memberId: CREATOR, role: 'creator' }],
    [owner, { kind: 'create_client', clientId: 'acme', name: 'Acme' }],
    [owner, { kind: 'create_client', clientId: 'nova', name: 'Nova' }],
    [owner, { kind: 'create_team', teamId: 'film', name: 'Film' }],
    [owner, { kind: 'set_teams', memberId: CREATOR, teamIds: ['film'] }],
    [owner, { kind: 'set_manages', memberId: marcus, clientIds: ['acme'], teamIds: [] }],
    [owner, { kind: 'set_manages', memberId: mira, clientIds: ['nova'], teamIds: ['film'] }],
    [owner, { kind: 'set_manages', memberId: GUEST, clientIds: ['acme'], teamIds: [] }],
    [owner, { kind: 'bind_channel', channelId: CHANNELS.acme, clientId: 'acme', ifUnbound: true }],
    [owner, { kind: 'bind_channel', channelId: CHANNELS.nova, clientId: 'nova', ifUnbound: true }],
    [
      owner,
      { kind: 'create_project', projectId: 'spring', clientId: 'acme', name: 'Spring', dueAt: null, stage: 'concept' },
    ],
  ];
}
