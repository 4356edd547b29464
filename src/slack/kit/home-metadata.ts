import { z } from 'zod';
import { PEOPLE_FILTERS, type PeopleFilter } from '../../app/people/people-view.ts';
import { withoutInvisible } from './invisible.ts';

/**
 * What Home's buttons carry out to Slack and back. Hints, all of them: they say what to show or to ask for, and the
 * ledger decides again who may.
 */
export type HomeLocation = {
  clients: number;
  members: number;
  /** Which part of Home is in front; left out, the first. */
  tab?: Tab;
  /** The client whose projects are in front, and which page of them. */
  open?: { clientId: string; page: number };
  /** The text that people are searched by. */
  find?: string;
  filter?: PeopleFilter;
};

export const TABS = ['overview', 'clients', 'people', 'limits', 'changes'] as const;
export type Tab = (typeof TABS)[number];

export const FIRST_PAGES: HomeLocation = { clients: 0, members: 0 };

const page = z.int().min(0).max(100_000);
export const pagesOnWire = z.tuple([page, page], z.string().max(200));

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

/** The typed search text, as buttons carry it on. */
export const readFind = (typed: string | null | undefined): string =>
  withoutInvisible(typed ?? '')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, FIND_UNITS_MAX);

/** What cannot be read means the first pages, and nothing in particular on them. */
export function readMetadata(value: string | undefined): { pages: HomeLocation; words: string[] } {
  const read = pagesOnWire.safeParse(parsed(value));
  if (!read.success) return { pages: FIRST_PAGES, words: [] };
  const [clients, members, ...words] = read.data;
  const tab = tabIn(words[0]);
  const rest = tab ? words.slice(1) : words;
  const filter = tab && PEOPLE_FILTERS.find((each) => rest[0] === FILTER_MARK + each);
  if (filter) rest.shift();
  const find = tab && rest[0]?.startsWith(FIND_MARK) ? readFind(rest.shift()?.slice(1)) : '';
  const open = openIn(rest[0]);
  if (open) rest.shift();
  return { pages: withoutUndefined({ clients, members, tab, filter, find, open }), words: rest };
}

/** Leaves out what is empty: types and zod tell what is left out from what is undefined. */
export function withoutUndefined(
  given: { [Name in keyof HomeLocation]: HomeLocation[Name] | undefined },
): HomeLocation {
  const { clients = 0, members = 0, tab, find, filter, open: opened } = given;
  return {
    clients,
    members,
    ...(tab ? { tab } : {}),
    ...(find ? { find } : {}),
    ...(filter ? { filter } : {}),
    ...(opened ? { open: opened } : {}),
  };
}

function openIn(word = ''): HomeLocation['open'] {
  const [, at, clientId] = /^#(\d{1,6})\/(.{1,120})$/.exec(word) ?? [];
  return clientId === undefined ? undefined : { clientId, page: Number(at) };
}

/** Returns null for what is no JSON. */
export function parsed(value: string | undefined): unknown {
  try {
    return JSON.parse(value ?? '');
  } catch {
    return null;
  }
}
