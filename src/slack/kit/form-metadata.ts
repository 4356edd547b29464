import { z } from 'zod';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { FIND_UNITS_MAX, FIRST_PAGES, type HomeLocation, TABS } from './home-metadata.ts';

/**
 * What a set-up modal carries in its private metadata: hints, for the ledger authorises. `shown` is what stood in the
 * form, so that only what somebody changed in it is changed, and not what others have saved meanwhile.
 */
export type AdminFormMetadata = {
  pages: HomeLocation;
  clientId: string | null;
  memberId: string | null;
  channelId: string | null;
  /** From a client card, somebody has no Home in front of them to read in what came of it. */
  from: 'home' | 'card';
  shown: { name: string; month: number | null; total: number | null };
  /** A team that the form is about. */
  teamId: string | null;
  /**
   * What stood in a person's form: of clients and teams that they look after, which may be hundreds, a digest. Forms of
   * earlier versions carried `manages` instead, where it was short.
   */
  person: { role: string; teams: string; manages: string | null; clients: string | null; leads: string | null } | null;
  /** Whose the channel was that a form is about: a client's id, `none:`, or null where nobody had decided. */
  bound?: string | null;
};

/** The same for the same ids in any order; short, however many they are. */
export const digestOfIds = (ids: readonly string[]): string => contentHash(ids.toSorted()).slice(0, 12);

export const NOTHING_SHOWN: AdminFormMetadata['shown'] = { name: '', month: null, total: null };

export const adminFormMetadata = (given: Partial<AdminFormMetadata>): AdminFormMetadata => ({
  pages: FIRST_PAGES,
  clientId: null,
  memberId: null,
  channelId: null,
  from: 'home',
  shown: NOTHING_SHOWN,
  teamId: null,
  person: null,
  ...given,
});

const id = z.string().min(1).max(120).nullable();
const credits = z.int().nullable();
const page = z.int().min(0);
const open = z.object({ clientId: z.string().max(120), page });
export const pagesOnWire = z
  .object({
    clients: page,
    members: page,
    tab: z.enum(TABS).optional(),
    open: open.optional(),
    find: z.string().max(FIND_UNITS_MAX).optional(),
    filter: z.enum(PEOPLE_FILTERS).optional(),
  })
  .transform(withoutUndefined);
const onWire = z.object({
  pages: pagesOnWire,
  clientId: id,
  memberId: id,
  channelId: id,
  from: z.enum(['home', 'card']),
  shown: z.object({ name: z.string().max(200), month: credits, total: credits }),
  teamId: id.default(null),
  person: z
    .object({
      role: z.string().max(20),
      teams: z.string().max(1_000),
      manages: z.string().max(2_100).nullable().default(null),
      clients: z.string().max(20).nullable().default(null),
      leads: z.string().max(20).nullable().default(null),
    })
    .nullable()
    .default(null),
  bound: z.string().max(120).nullable().optional(),
});

/** zod calls what is left out `undefined`. */
function withoutUndefined(given: { [Name in keyof HomeLocation]: HomeLocation[Name] | undefined }): HomeLocation {
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

export const writeAdminFormMetadata = (hint: AdminFormMetadata): string => JSON.stringify(hint);

export function readAdminFormMetadata(metadata: string): AdminFormMetadata {
  try {
    const { bound, ...read } = onWire.parse(JSON.parse(metadata));
    return bound === undefined ? read : { ...read, bound };
  } catch {
    // Not ours, or of an earlier version: a form about nothing, which the ledger refuses by name.
    return adminFormMetadata({});
  }
}
