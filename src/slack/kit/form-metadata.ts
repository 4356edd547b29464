import { z } from 'zod';
import { PEOPLE_FILTERS } from '../../app/people/people-view.ts';
import { contentHash } from '../../ports/content-hash.ts';
import { FIND_UNITS_MAX, FIRST_PAGES, parsed, TABS, withoutUndefined } from './home-metadata.ts';

/** The same for the same ids in any order; short, however many they are. */
export const digestOfIds = (ids: readonly string[]): string => contentHash(ids.toSorted()).slice(0, 12);

const id = z.string().min(1).max(120).nullable();
const credits = z.int().nullable();
const page = z.int().min(0);
const digest = z.string().max(20).nullable().default(null);
export const pagesOnWire = z
  .object({
    clients: page,
    members: page,
    tab: z.enum(TABS).optional(),
    open: z.object({ clientId: z.string().max(120), page }).optional(),
    find: z.string().max(FIND_UNITS_MAX).optional(),
    filter: z.enum(PEOPLE_FILTERS).optional(),
  })
  .transform(withoutUndefined);

/**
 * What a form about people, clients and channels carries in its private metadata: hints, for the ledger authorises.
 * `shown` is what stood in it, so that only edited fields change, and not what others saved meanwhile.
 */
const onWire = z.object({
  pages: pagesOnWire,
  clientId: id,
  memberId: id,
  channelId: id,
  /** A person who came from a client card has no Home open to read the result in. */
  from: z.enum(['home', 'card']),
  shown: z.object({ name: z.string().max(200), month: credits, total: credits }),
  /** A team that the form is about. */
  teamId: id.default(null),
  /**
   * What stood in a person's form: of clients and teams that they look after, which may be hundreds, a digest. Forms of
   * earlier versions carried `manages` instead, where it was short.
   */
  person: z
    .object({
      role: z.string().max(20),
      teams: z.string().max(1_000),
      manages: z.string().max(2_100).nullable().default(null),
      clients: digest,
      leads: digest,
    })
    .nullable()
    .default(null),
  /** The client that the channel had: a client's id, `none:`, or null where it was not decided. */
  bound: z.string().max(120).nullable().optional(),
  /** Of the people who were in the team. */
  people: digest,
  /** Whether the client's channels got a weekly digest; null in other forms. */
  hasDigest: z.boolean().nullable().default(null),
  /** What was asked about once more before it is done. */
  asked: z.string().max(200).nullable().default(null),
});
export type AdminFormMetadata = z.infer<typeof onWire>;

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
  people: null,
  hasDigest: null,
  asked: null,
  ...given,
});

export const writeAdminFormMetadata = (given: Partial<AdminFormMetadata>): string =>
  JSON.stringify(adminFormMetadata(given));

export const readAdminFormMetadata = (metadata: string): AdminFormMetadata | null =>
  onWire.safeParse(parsed(metadata)).data ?? null;

/** The same form, in which something has been asked. */
export const withAsked = (metadata: string, asked: string): string =>
  writeAdminFormMetadata({ ...readAdminFormMetadata(metadata), asked });

/** The same of a form about one person, client or team: null where it names none. */
export function readMetadataAbout(of: 'memberId' | 'clientId' | 'teamId') {
  return (metadata: string): (AdminFormMetadata & { id: string }) | null => {
    const read = readAdminFormMetadata(metadata);
    const named = read?.[of] ?? null;
    return read && named !== null ? { ...read, id: named } : null;
  };
}
