import { z } from 'zod';
import type { ProjectSaid } from '../../app/clients/projects.ts';
import { PEOPLE_FILTERS, type PeopleFilter } from '../../app/people/people-view.ts';
import type { AccountId } from '../../ledger/accounts.ts';
import { STAGES } from '../../ledger/commands/commands.ts';
import { ROLES, type Role } from '../../ledger/state.ts';
import { WINDOWS, type Window } from '../../ledger/usage/windows.ts';
import { withoutInvisible } from './invisible.ts';
import { userId } from './user-id.ts';

/**
 * What Home's buttons carry out to Slack and back. Hints, all of them: they say what to show or to ask for, and the
 * ledger decides anew who may.
 */
export type HomeLocation = {
  clients: number;
  members: number;
  /** Which part of Home is in front; left out, the first. */
  tab?: Tab;
  /** The client whose projects are in front, and which page of them. */
  open?: { clientId: string; page: number };
  /** Of people: what somebody looks for. */
  find?: string;
  filter?: PeopleFilter;
};

export const TABS = ['overview', 'clients', 'people', 'limits', 'changes'] as const;
export type Tab = (typeof TABS)[number];

export const FIRST_PAGES: HomeLocation = { clients: 0, members: 0 };

const page = z.int().min(0).max(100_000);
const hintOnWire = z.tuple([page, page], z.string().max(200));

/** Short, because an option of a menu carries at most 150 characters. */
export const writeMetadata = (
  { clients, members, tab, find, filter, open }: HomeLocation,
  ...words: string[]
): string => {
  const look = [...(filter ? [FILTER_MARK + filter] : []), ...(find ? [FIND_MARK + find] : [])];
  return JSON.stringify([
    clients,
    members,
    ...(tab ? [TAB_MARK + tab, ...look] : []),
    ...(open ? [`${OPEN_MARK}${open.page}/${open.clientId}`] : []),
    ...words,
  ]);
};

/** No id and no choice begins with one of them; filter and search only follow a tab. */
const TAB_MARK = '@';
const FILTER_MARK = '!';
const FIND_MARK = '?';
const OPEN_MARK = '#';
const tabIn = (word: string | undefined): Tab | undefined => TABS.find((tab) => word === TAB_MARK + tab);

/** As much as finds anybody, and as little as fits into what an option of a menu carries. */
export const FIND_UNITS_MAX = 30;

/** What somebody typed to find people by, as it is carried on. */
export const readFind = (typed: string | null | undefined): string =>
  withoutInvisible(typed ?? '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, FIND_UNITS_MAX);

/** What cannot be read means the first pages, and nothing in particular on them. */
export function readMetadata(value: string | undefined): { pages: HomeLocation; words: string[] } {
  const read = hintOnWire.safeParse(parsed(value));
  if (!read.success) return { pages: FIRST_PAGES, words: [] };
  const [clients, members, ...words] = read.data;
  const tab = tabIn(words[0]);
  const rest = tab ? words.slice(1) : words;
  const filter = tab && PEOPLE_FILTERS.find((each) => rest[0] === FILTER_MARK + each);
  if (filter) rest.shift();
  const find = tab && rest[0]?.startsWith(FIND_MARK) ? readFind(rest.shift()?.slice(1)) : '';
  const open = openIn(rest[0]);
  if (open) rest.shift();
  const pages: HomeLocation = {
    clients,
    members,
    ...(tab ? { tab } : {}),
    ...(filter ? { filter } : {}),
    ...(find ? { find } : {}),
    ...(open ? { open } : {}),
  };
  return { pages, words: rest };
}

function openIn(word = ''): HomeLocation['open'] {
  const [, at, clientId] = /^#(\d{1,6})\/(.{1,120})$/.exec(word) ?? [];
  return clientId === undefined ? undefined : { clientId, page: Number(at) };
}

/** As they are carried in a change. */
export const writeIds = (ids: readonly string[]): string => [...ids].sort().join(',');
export const readIds = (ids: string): string[] => ids.split(',').filter((each) => each !== '');

/** A change that can be taken back, as long as what stands now is still what it left behind. */
export type Undoable =
  | { kind: 'limit'; account: AccountId; window: Window; before: number | null; after: number | null }
  | { kind: 'name'; clientId: string; before: string; after: string }
  | { kind: 'role'; memberId: string; before: Role; after: Role }
  | { kind: 'channel'; channelId: string; before: string | null; after: string | null }
  | { kind: 'closed'; of: 'client' | 'project'; id: string; before: boolean; after: boolean }
  | { kind: 'project'; projectId: string; before: ProjectSaid; after: ProjectSaid }
  /** The project that a channel or a thread of it is bound to. */
  | { kind: 'place'; channelId: string; threadTs: string | null; before: string | null; after: string | null }
  /** Ids in order, with commas between them. */
  | { kind: 'teams'; memberId: string; before: string; after: string }
  | { kind: 'suspended'; memberId: string; before: boolean; after: boolean };

const limit = z.int().min(0).nullable();
const id = z.string().min(1).max(120);
const account = z.custom<AccountId>((value) => typeof value === 'string' && value.length <= 140);
const said = z.object({ name: z.string().max(200), dueOn: z.iso.date().nullable(), stage: z.enum(STAGES) });
const undoable = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('limit'), account, window: z.enum(WINDOWS), before: limit, after: limit }),
  z.object({ kind: z.literal('name'), clientId: id, before: z.string().max(200), after: z.string().max(200) }),
  z.object({ kind: z.literal('role'), memberId: userId, before: z.enum(ROLES), after: z.enum(ROLES) }),
  z.object({ kind: z.literal('channel'), channelId: id, before: id.nullable(), after: id.nullable() }),
  z.object({
    kind: z.literal('closed'),
    of: z.enum(['client', 'project']),
    id,
    before: z.boolean(),
    after: z.boolean(),
  }),
  z.object({ kind: z.literal('project'), projectId: id, before: said, after: said }),
  z.object({
    kind: z.literal('place'),
    channelId: id,
    threadTs: id.nullable().default(null),
    before: id.nullable(),
    after: id.nullable(),
  }),
  z.object({ kind: z.literal('teams'), memberId: userId, before: z.string().max(700), after: z.string().max(700) }),
  z.object({ kind: z.literal('suspended'), memberId: userId, before: z.boolean(), after: z.boolean() }),
]);
const undoOnWire = z.object({ pages: hintOnWire, changes: z.array(undoable).min(1).max(5) });

export const writeUndo = (pages: HomeLocation, changes: readonly Undoable[]): string =>
  JSON.stringify({ pages: JSON.parse(writeMetadata(pages)), changes });

export function readUndo(value: string | undefined): { pages: HomeLocation; changes: readonly Undoable[] } {
  const read = undoOnWire.safeParse(parsed(value));
  if (!read.success) return { pages: FIRST_PAGES, changes: [] };
  return { pages: readMetadata(JSON.stringify(read.data.pages)).pages, changes: read.data.changes };
}

function parsed(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return null;
  }
}
