import type { Audience } from '../../ports/ports.ts';
import type { NamedPeriod } from '../../reports/periods.ts';
import type { Dimension, Usage } from '../../reports/usage.ts';

/** What a report adds up. `all`: everything that its reader may see. */
export type ReportSubject =
  | { kind: 'all' }
  | { kind: 'own'; memberId: string }
  | { kind: 'client'; clientId: string; name: string }
  | { kind: 'project'; projectId: string; name: string }
  | { kind: 'team'; teamId: string; name: string }
  | { kind: 'person'; memberId: string };

/** `value`: an id, a name of the rate card or a date; null where there is none. `name`: of what has one. What the reader may not
 * name is summed as `OTHERS`. */
export type ReportRow = { value: string | null; name: string | null; usage: Usage };

export type ReportView = {
  audience: Audience;
  subject: ReportSubject;
  /** A manager's report of everything is of the clients they look after. */
  isOfManaged: boolean;
  period: NamedPeriod;
  by: Dimension;
  /** Those with most credits first; days as they followed one another. */
  rows: readonly ReportRow[];
  total: Usage;
  /** As many days just before. */
  before: { credits: number; label: string };
  /** By date, a row for each day of the period that is over or runs. */
  daily: readonly { date: string; credits: number }[];
  /** What a credit is worth. Null for readers who may not see money. */
  creditValueMicroUsd: number | null;
};

/** What was typed after `/credits report`, as far as words alone can tell. `named`: a client, a project or a team. */
export type ReportQuestion = {
  by: string;
  channelId: string | null;
  kind: 'client' | 'project' | 'team' | 'person' | null;
  named: string;
  /** A person who was mentioned. */
  memberId: string | null;
  dimension: Dimension | null;
  /** Of everything else nothing is said. */
  onlyClientId?: string | null;
};

export type ReportAnswer =
  | { ok: true; view: ReportView }
  /** `near`: the nearest names of what the reader may see. */
  | { ok: false; problem: 'unknown'; typed: string; near: readonly string[] }
  | { ok: false; problem: 'not_yours'; helperIds: readonly string[] }
  | { ok: false; problem: 'shared_channel'; audience: Exclude<Audience, 'internal'> };
