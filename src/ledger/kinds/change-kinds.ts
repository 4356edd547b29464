import type { Facts, Line } from '../lines.ts';
import { FAMILIES } from './kinds.ts';

/**
 * What a family of lines changes: a family without a row does not compile. A change is about what may be spent, and by
 * which people, or about how the agency is run. Null: what is spent, asked for, refused and said of images changes none of it.
 */
const CHANGES_OF = {
  workspace: 'people',
  people: 'people',
  spending: 'people',
  clock: 'people',
  clients: 'clients',
  projects: 'clients',
  limits: 'limits',
  holds: null,
  images: null,
  approvals: null,
  alerts: 'limits',
} as const satisfies Record<keyof typeof FAMILIES, 'people' | 'clients' | 'limits' | null>;

type Family = keyof typeof FAMILIES;
type FamiliesIn<Where> = { [Each in Family]: (typeof CHANGES_OF)[Each] extends Where ? Each : never }[Family];
type Of<Where> = Extract<
  Facts,
  { kind: { [Each in FamiliesIn<Where>]: keyof (typeof FAMILIES)[Each] }[FamiliesIn<Where>] }
>;

export type PeopleChange = Of<'people'>;
export type ClientsChange = Of<'clients'>;
/** An approval raises limits for good, or adds extra credits. */
export type LimitsChange = Of<'limits'> | (Facts & { kind: 'approved' });
export type ChangeFacts = PeopleChange | ClientsChange | LimitsChange;
export type ChangeLine = Line & ChangeFacts;

const CHANGES_OF_KIND: ReadonlyMap<string, 'people' | 'clients' | 'limits' | null> = new Map([
  ...Object.entries(FAMILIES).flatMap(([family, kinds]) =>
    Object.keys(kinds).map((kind) => [kind, CHANGES_OF[family as Family]] as const),
  ),
  ['approved', 'limits'],
]);

export const isAboutPeople = (facts: Facts): facts is PeopleChange => CHANGES_OF_KIND.get(facts.kind) === 'people';
export const isAboutClients = (facts: Facts): facts is ClientsChange => CHANGES_OF_KIND.get(facts.kind) === 'clients';
export const isChange = (line: Line): line is ChangeLine =>
  (CHANGES_OF_KIND.get(line.kind) ?? null) !== null && !isWithoutRoom(line);

/** By the time it was approved nothing was lacking any more: that changed nothing but the request. */
const isWithoutRoom = (line: Line) => line.kind === 'approved' && line.how.kind !== 'raise' && line.grants.length === 0;
