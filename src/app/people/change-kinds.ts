import { FAMILIES } from '../../ledger/kinds/kinds.ts';
import type { Facts, Line } from '../../ledger/lines.ts';

/**
 * Where Home's list of changes tells of a family of lines: a family without a row does not compile. The list tells of what
 * changes what may be spent, and by whom, and how the agency is run. Null: what is spent, asked for and refused is told elsewhere.
 */
const HISTORY_OF = {
  workspace: 'people',
  people: 'people',
  spending: 'people',
  clock: 'people',
  clients: 'clients',
  projects: 'clients',
  limits: 'limits',
  holds: null,
  approvals: null,
} as const satisfies Record<keyof typeof FAMILIES, 'people' | 'clients' | 'limits' | null>;

type Family = keyof typeof FAMILIES;
type FamiliesIn<Where> = { [Each in Family]: (typeof HISTORY_OF)[Each] extends Where ? Each : never }[Family];
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

const HISTORY_OF_KIND: ReadonlyMap<string, 'people' | 'clients' | 'limits' | null> = new Map([
  ...Object.entries(FAMILIES).flatMap(([family, kinds]) =>
    Object.keys(kinds).map((kind) => [kind, HISTORY_OF[family as Family]] as const),
  ),
  ['approved', 'limits'],
]);

export const isAboutPeople = (facts: Facts): facts is PeopleChange => HISTORY_OF_KIND.get(facts.kind) === 'people';
export const isAboutClients = (facts: Facts): facts is ClientsChange => HISTORY_OF_KIND.get(facts.kind) === 'clients';
export const isChange = (line: Line): line is ChangeLine =>
  (HISTORY_OF_KIND.get(line.kind) ?? null) !== null && !isWithoutRoom(line);

/** By the time it was approved nothing was lacking any more: that changed nothing but the request. */
const isWithoutRoom = (line: Line) => line.kind === 'approved' && line.how.kind !== 'raise' && line.grants.length === 0;
