import { type Command, type CommandBody, INKWELL } from '../../src/ledger/commands/commands.ts';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import { contentOf, type Line } from '../../src/ledger/lines.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { contentHash } from '../../src/ports/content-hash.ts';

/** An agency at work: limits on every kind of account, a grant in reach, one image a hold. */
export const WORKSPACE = 'TBENCH';
const START_AT = Date.UTC(2026, 0, 5, 8);
const CLIENTS = 20;
const MEMBERS = 40;
const ROOM_CREDITS = 1_000_000_000;

export type Asked = { command: Command; at: number };

/** What sets an agency up, before anybody makes an image. */
export function openingCommands(): Asked[] {
  const wishes: CommandBody[] = [
    {
      kind: 'open_workspace',
      ownerId: 'U0',
      timeZone: 'Europe/Berlin',
      weekStartsOn: 1,
      creditValueMicroUsd: 10_000,
      markupBasisPoints: 15_000,
      defaultRole: 'creator',
    },
    {
      kind: 'set_limit',
      account: 'agency',
      window: 'month',
      limitCredits: ROOM_CREDITS,
      over: 'refuse',
      rollOverMaxCredits: null,
    },
    ...range(CLIENTS).flatMap((n): CommandBody[] => [
      { kind: 'create_client', clientId: `client-${n}`, name: `Client ${n}` },
      { kind: 'bind_channel', channelId: `C${n}`, clientId: `client-${n}`, ifUnbound: false },
      {
        kind: 'set_limit',
        account: `client:client-${n}`,
        window: 'month',
        limitCredits: ROOM_CREDITS,
        over: 'refuse',
        rollOverMaxCredits: null,
      },
    ]),
    ...range(MEMBERS).flatMap((n): CommandBody[] => [
      { kind: 'add_member', memberId: `U${n}`, role: 'creator' },
      {
        kind: 'set_limit',
        account: `member:U${n}`,
        window: 'day',
        limitCredits: ROOM_CREDITS,
        over: 'refuse',
        rollOverMaxCredits: null,
      },
      {
        kind: 'set_limit',
        account: `member:U${n}`,
        window: 'month',
        limitCredits: ROOM_CREDITS,
        over: 'refuse',
        rollOverMaxCredits: null,
      },
    ]),
  ];
  return wishes.map((wish, n) => ({ command: { commandId: `open-${n}`, by: INKWELL, ...wish }, at: START_AT }));
}

/** The n-th image: its hold and its capture. Ids are spread as those of Slack are, not counted up. */
export function imageCommands(n: number): { hold: Asked; capture: Asked } {
  const at = START_AT + n * 20_000;
  const jobId = `job-${((n * 2_654_435_761) % 4_294_967_296).toString(36).padStart(7, '0')}-${n.toString(36)}`;
  const hold: Command = {
    commandId: jobId,
    by: `U${n % MEMBERS}`,
    kind: 'hold',
    imagesCount: 1,
    eachCredits: 10 + (n % 7),
    channelId: `C${n % CLIENTS}`,
    threadTs: null,
    projectId: null,
    work: {
      model: 'gpt-image-2',
      size: '1024x1024',
      quality: 'high',
      stage: 'iteration',
      rateCardId: '2026-11',
      boundMicroUsd: 211_000,
    },
    timeoutMs: 600_000,
    contentDigest: 'kTwP9rm0XyJ5dM0WZ1aYxw3uG7Hn6Qb2Lc8Vv4Ee1fA',
  };
  const capture: Command = {
    commandId: `${jobId}/1/capture`,
    by: INKWELL,
    kind: 'capture',
    holdId: `${jobId}/1`,
    capturedCredits: 9 + (n % 7),
    costMicroUsd: 199_000 + n,
  };
  return { hold: { command: hold, at }, capture: { command: capture, at: at + 12_000 } };
}

/** The lines that the commands become, one after the other. */
export function* linesFrom(state: State, asked: Iterable<Asked>): Generator<Line> {
  let next = state;
  for (const { command, at } of asked) {
    const answered = handleCommand(next, command, { now: at, commandHash: contentHash(contentOf(command)) });
    next = answered.state;
    if (!answered.line) throw new Error('the workload knows no burst limit');
    yield answered.line;
  }
}

/** A whole journal of about so many lines: the opening, then holds and captures. */
export function* journalLines(linesCount: number): Generator<Line> {
  yield* linesFrom(emptyState(WORKSPACE), askedFor(linesCount));
}

function* askedFor(linesCount: number): Generator<Asked> {
  const opening = openingCommands();
  yield* opening;
  for (let n = 0; n < (linesCount - opening.length) / 2; n += 1) {
    const { hold, capture } = imageCommands(n);
    yield hold;
    yield capture;
  }
}

const range = (count: number) => Array.from({ length: count }, (_, n) => n);
