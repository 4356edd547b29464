import type { LocalSlack } from '@inkwell/local-slack';
import { ACTIONS } from '../slack/kit/ids.ts';

/** What a person does in Slack: asks for images, a manager approves them where it takes one, and a colleague reacts to what comes. */
export type Deed = {
  who: string;
  channelId: string;
  text: string;
  approver?: string;
  reaction?: { who: string; emoji: 'star' | 'trophy' | 'wastebasket' };
};

type DayPart = { minuteOfDay: number; deeds: readonly Deed[] };

const [OLIVIA, MARCUS, ANA, BEN] = ['U0OLIVIA', 'U0MARCUS', 'U0ANA', 'U0BEN'] as const;
const [NORTHWIND, ATLAS, MIRA] = ['C0NORTHWIND', 'C0ATLAS', 'C0MIRA'] as const;
const BOT = 'U0INKWELL';
const at = (hour: number, minute: number) => hour * 60 + minute;

/** By day of the week, from Sunday: the same every week. On Thursday Northwind’s deadline takes much more than usual. */
const WEEK: readonly (readonly DayPart[])[] = [
  [],
  [
    {
      minuteOfDay: at(10, 40),
      deeds: [
        { who: ANA, channelId: NORTHWIND, text: 'steam over a window seat, first snow', reaction: star(ANA) },
        { who: BEN, channelId: ATLAS, text: 'a ridge tent at first light' },
      ],
    },
  ],
  [
    {
      minuteOfDay: at(11, 15),
      deeds: [
        { who: BEN, channelId: ATLAS, text: 'a ridge tent at first light, colder' },
        { who: ANA, channelId: ATLAS, text: 'boots by a lake, quiet morning', reaction: star(MARCUS) },
      ],
    },
  ],
  [
    {
      minuteOfDay: at(15, 5),
      deeds: [
        { who: OLIVIA, channelId: MIRA, text: 'a serum bottle in moonlight', reaction: star(OLIVIA) },
        {
          who: BEN,
          channelId: ATLAS,
          text: 'a ridge tent in a storm --n 3',
          approver: MARCUS,
          reaction: { who: BEN, emoji: 'wastebasket' },
        },
      ],
    },
  ],
  [
    {
      minuteOfDay: at(16, 20),
      deeds: [
        { who: ANA, channelId: NORTHWIND, text: 'the long way home, a cup on a dashboard --n 10', reaction: star(ANA) },
      ],
    },
  ],
  [
    {
      minuteOfDay: at(12, 30),
      deeds: [
        {
          who: ANA,
          channelId: NORTHWIND,
          text: 'the long way home, final crop',
          reaction: { who: MARCUS, emoji: 'trophy' },
        },
        { who: MARCUS, channelId: ATLAS, text: 'a map and a thermos on a rock', reaction: star(MARCUS) },
      ],
    },
  ],
  [],
];

function star(who: string): { who: string; emoji: 'star' } {
  return { who, emoji: 'star' };
}

export const deedsOf = (weekday: number): readonly DayPart[] => WEEK[weekday] ?? [];

/** Through the same commands as everyone on the page. Where no image came, such as at a limit, there is nothing to react to. */
export async function doDeed(slack: LocalSlack, deed: Deed, settled: () => Promise<void>): Promise<void> {
  const { who, channelId, text, reaction } = deed;
  const before = new Set(imagesIn(slack, channelId));
  await slack.as(who).command('/imagine', text, { channelId });
  await settled();
  if (deed.approver !== undefined) await approve(slack, deed.approver, settled);
  const ts = imagesIn(slack, channelId).find((each) => !before.has(each));
  if (ts === undefined || !reaction) return;
  await slack.as(reaction.who).react({ channelId, ts }, reaction.emoji);
  await settled();
}

/** What waits for this manager longest. */
async function approve(slack: LocalSlack, approver: string, settled: () => Promise<void>): Promise<void> {
  const channelId = slack.directMessage(approver);
  const waiting = slack.messages(channelId).find(({ blocks }) => hasButton(blocks, ACTIONS.requestApprove));
  if (!waiting) return;
  await slack.as(approver).click({ channelId, ts: waiting.ts }, ACTIONS.requestApprove);
  await settled();
}

const hasButton = (blocks: readonly object[], actionId: string) => JSON.stringify(blocks).includes(`"${actionId}"`);

const imagesIn = (slack: LocalSlack, channelId: string): string[] =>
  slack
    .messages(channelId)
    .filter(({ userId, blocks }) => userId === BOT && blocks.some(({ type }) => type === 'image'))
    .map(({ ts }) => ts);
