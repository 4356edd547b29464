import type { Channel, Person, Workspace } from './workspace.ts';

/** What a new workspace begins with. Messages are dated back from the moment of planting. */
export type Seed = {
  workspace: Workspace;
  people: Omit<Person, 'updatedAt'>[];
  channels: Omit<Channel, 'createdAt'>[];
  messages: { channelId: string; userId: string; text: string; minutesAgo: number }[];
};

const TEAM = 'T0JUNIPER';
const NORTHWIND_TEAM = 'T0NORTHWIND';
const BOT = { userId: 'U0INKWELL', botId: 'B0INKWELL' };

const agency = { teamId: TEAM, timeZone: 'Europe/London', kind: 'member', deactivated: false } as const;

const people: Seed['people'] = [
  {
    ...agency,
    userId: 'U0OLIVIA',
    handle: 'olivia',
    realName: 'Olivia Hart',
    displayName: 'Olivia',
    title: 'Managing Director',
    kind: 'owner',
  },
  {
    ...agency,
    userId: 'U0MARCUS',
    handle: 'marcus',
    realName: 'Marcus Reyes',
    displayName: 'Marcus',
    title: 'Account Manager',
  },
  { ...agency, userId: 'U0ANA', handle: 'ana', realName: 'Ana Lindqvist', displayName: 'Ana', title: 'Designer' },
  { ...agency, userId: 'U0BEN', handle: 'ben', realName: 'Ben Okafor', displayName: 'Ben', title: 'Designer' },
  {
    ...agency,
    userId: 'U0GINA',
    handle: 'gina',
    realName: 'Gina Roy',
    displayName: 'Gina',
    title: 'Freelance Illustrator',
    kind: 'guest',
  },
  {
    ...agency,
    userId: 'U0TOM',
    teamId: NORTHWIND_TEAM,
    timeZone: 'America/New_York',
    handle: 'tom',
    realName: 'Tom Brandt',
    displayName: 'Tom Brandt',
    title: 'Brand Lead, Northwind Coffee',
    kind: 'outsider',
  },
  {
    ...agency,
    userId: BOT.userId,
    handle: 'inkwell',
    realName: 'Inkwell',
    displayName: 'Inkwell',
    title: '',
    kind: 'bot',
  },
];

const team = ['U0OLIVIA', 'U0MARCUS', 'U0ANA', 'U0BEN'];
const client = { kind: 'public', isShared: false, isArchived: false } as const;

const channels: Seed['channels'] = [
  {
    ...client,
    channelId: 'C0GENERAL',
    name: 'general',
    topic: 'Juniper & Co: everyone, everything',
    memberIds: [...team, 'U0GINA', BOT.userId],
  },
  {
    ...client,
    channelId: 'C0NORTHWIND',
    name: 'northwind-coffee',
    topic: 'Winter campaign: “The long way home”. Shared with Northwind',
    isShared: true,
    memberIds: [...team, 'U0TOM', BOT.userId],
  },
  {
    ...client,
    channelId: 'C0ATLAS',
    name: 'atlas-outdoor',
    topic: 'Spring catalogue, 24 pages. Print deadline on the 12th',
    memberIds: [...team, 'U0GINA', BOT.userId],
  },
  {
    ...client,
    channelId: 'C0MIRA',
    name: 'mira-skincare',
    kind: 'private',
    topic: 'Launch of the night serum. Under embargo',
    memberIds: [...team, BOT.userId],
  },
  {
    ...client,
    channelId: 'C0SUMMER',
    name: 'summer-pitch',
    topic: 'New business. No client yet, so no credits of theirs',
    memberIds: [...team, BOT.userId],
  },
];

const messages: Seed['messages'] = [
  {
    channelId: 'C0GENERAL',
    userId: 'U0OLIVIA',
    minutesAgo: 2890,
    text: 'Inkwell is in. Type `/imagine` in a client’s channel and it draws on that client’s credits.',
  },
  { channelId: 'C0GENERAL', userId: 'U0BEN', minutesAgo: 2876, text: 'Finally. My mood boards thank you :art:' },
  {
    channelId: 'C0NORTHWIND',
    userId: 'U0TOM',
    minutesAgo: 1505,
    text: 'Morning! We loved the first route. Could the light be warmer, more late afternoon than noon?',
  },
  {
    channelId: 'C0NORTHWIND',
    userId: 'U0MARCUS',
    minutesAgo: 1492,
    text: 'On it. Ana will have three variations for you before the call tomorrow.',
  },
  {
    channelId: 'C0NORTHWIND',
    userId: 'U0ANA',
    minutesAgo: 1488,
    text: 'Low sun through steam, long shadows over the counter. Sketching now.',
  },
  {
    channelId: 'C0ATLAS',
    userId: 'U0MARCUS',
    minutesAgo: 420,
    text: 'Page 9 still needs a hero: tent, ridge line, first light. Nothing heroic, just quiet.',
  },
  {
    channelId: 'C0ATLAS',
    userId: 'U0GINA',
    minutesAgo: 401,
    text: 'I can paint over whatever you generate, just give me the composition.',
  },
  {
    channelId: 'C0MIRA',
    userId: 'U0OLIVIA',
    minutesAgo: 310,
    text: 'Reminder: no product shots leave this channel before the 3rd.',
  },
  {
    channelId: 'C0SUMMER',
    userId: 'U0BEN',
    minutesAgo: 95,
    text: 'Pitch is on Thursday. Theme: heat, but make it calm.',
  },
];

/** Juniper & Co, a creative agency of four with a freelancer, a client's brand lead in a shared channel, and Inkwell. */
export const DEMO_WORKSPACE: Seed = {
  workspace: { teamId: TEAM, name: 'Juniper & Co', domain: 'juniper-co', appId: 'A0INKWELL', bot: BOT },
  people,
  channels: [...channels, ...directMessages()],
  messages,
};

/** Everyone has one with the bot, and the two designers with their account manager. */
function directMessages(): Seed['channels'] {
  const pairs = [
    ...people.filter(({ kind }) => kind !== 'bot').map(({ userId }) => [userId, BOT.userId]),
    ['U0MARCUS', 'U0ANA'],
    ['U0MARCUS', 'U0BEN'],
  ];
  return pairs.map((memberIds) => ({
    ...client,
    channelId: `D0${memberIds.map((id) => id.slice(2)).join('')}`,
    name: '',
    kind: 'im',
    topic: '',
    memberIds,
  }));
}
