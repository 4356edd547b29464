import { AGENCY, clientAccount, memberAccount, projectAccount, teamAccount } from '../../ledger/accounts.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { Cell } from '../../ledger/tally/tally.ts';
import { teamNameOf } from '../../ledger/teams.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import { privateAudience } from '../../ports/reply-address.ts';
import {
  cutPeriod,
  type NamedPeriod,
  periodBefore,
  periodWords,
  type Today,
  thisMonth,
} from '../../reports/periods.ts';
import { type Dimension, datesOf, NO_USAGE, type Usage, usageOf, usageRows } from '../../reports/usage.ts';
import { OTHERS } from '../../reports/value.ts';
import type { AppContext } from '../context.ts';
import { limitContacts } from '../limits/limit-contacts.ts';
import { findSubject, isName } from './find-subject.ts';
import type { ReportAnswer, ReportQuestion, ReportRow, ReportSubject } from './report-view.ts';

/** Answers who used what in a period, as far as the reader may know it where they are. */
export async function showReport(context: AppContext, question: ReportQuestion): Promise<ReportAnswer> {
  const { by, channelId } = question;
  const audience = await privateAudience(context.channels, channelId, by);
  if (audience === 'shared' || audience === 'unsure') return { ok: false, problem: 'shared_channel', audience };
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  return audience === 'internal' ? reportFor(state, question, at) : reportAmongOutsiders(state, question, at);
}

/** Beside people from outside it is of the channel’s client alone, and of no money; a name that is none suggests no other. */
function reportAmongOutsiders(state: State, question: ReportQuestion, at: number): ReportAnswer {
  const clientId = state.channels.get(question.channelId ?? '') ?? null;
  const answer = reportFor(state, { ...question, onlyClientId: clientId }, at);
  if (!answer.ok) return answer.problem === 'unknown' ? { ...answer, near: [] } : answer;
  const { subject } = answer.view;
  const ofProject = subject.kind === 'project' ? state.projects.get(subject.projectId)?.clientId : null;
  const isOfClient = subject.kind === 'client' ? subject.clientId === clientId : ofProject === clientId;
  if (clientId === null || (subject.kind !== 'own' && !isOfClient)) {
    return { ok: false, problem: 'shared_channel', audience: 'alone' };
  }
  return { ok: true, view: { ...answer.view, audience: 'alone', creditValueMicroUsd: null } };
}

/** The same, of one state. */
export function reportFor(state: State, question: ReportQuestion, at: number): ReportAnswer {
  const { by } = question;
  if (!state.settings) return { ok: false, problem: 'not_yours', helperIds: [] };
  const { weekStartsOn } = state.settings;
  const now: Today = { today: dateAt(at, state.settings), weekStartsOn };
  // A name may be a period, too: `2025 Campaign`, or a client that is called Today.
  const cut = isName(state, by, question.named) ? null : cutPeriod(question.named, now);
  const period = cut?.period ?? thisMonth(now);
  const found = findSubject(state, { ...question, named: cut?.rest ?? question.named });
  if (!found.ok) return { ok: false, problem: 'unknown', typed: found.typed, near: found.near };
  const { subject } = found;
  if (!maySee(state, by, subject)) {
    return { ok: false, problem: 'not_yours', helperIds: limitContacts(state, accountOf(subject)) };
  }
  const { onlyClientId = null } = question;
  const ofSubject = cellsOf(state, by, subject);
  const only = (cell: Cell) => ofSubject(cell) && (onlyClientId === null || cell.clientId === onlyClientId);
  const dimension = question.dimension ?? USUAL_SPLIT[subject.kind];
  const before = periodBefore(period, now);
  const seesMoney = may(state, by, 'see_agency');
  return {
    ok: true,
    view: {
      audience: 'internal',
      subject,
      isOfManaged: subject.kind === 'all' && !seesMoney,
      period,
      by: dimension,
      rows: rowsOf(state, { period, dimension, only, isNamed: namedFor(state, by, subject) }),
      total: usageOf(state, { period, only }),
      before: { credits: usageOf(state, { period: before, only }).credits, label: periodWords(before, now) },
      daily: dailyOf(state, { period, only, today: now.today }),
      creditValueMicroUsd: seesMoney ? state.settings.creditValueMicroUsd : null,
    },
  };
}

const USUAL_SPLIT: Readonly<Record<ReportSubject['kind'], Dimension>> = {
  all: 'client',
  own: 'client',
  client: 'member',
  project: 'member',
  team: 'member',
  person: 'client',
};

function accountOf(subject: ReportSubject) {
  switch (subject.kind) {
    case 'all':
      return AGENCY;
    case 'own':
    case 'person':
      return memberAccount(subject.memberId);
    case 'client':
      return clientAccount(subject.clientId);
    case 'project':
      return projectAccount(subject.projectId);
    case 'team':
      return teamAccount(subject.teamId);
  }
}

function maySee(state: State, by: string, subject: ReportSubject): boolean {
  if (subject.kind === 'own') return may(state, by, 'see_own');
  if (subject.kind === 'all' || subject.kind === 'person') return may(state, by, 'see_people');
  return may(state, by, 'see_figures', { account: accountOf(subject) });
}

/** A manager sees what their clients used and what their people used, and nothing of other managers'. */
function cellsOf(state: State, by: string, subject: ReportSubject): (cell: Cell) => boolean {
  const seesAll = may(state, by, 'see_agency');
  const seesClient = rememberedBy((clientId) => may(state, by, 'see_figures', { account: clientAccount(clientId) }));
  const seesMember = rememberedBy(
    (memberId) => memberId === by || may(state, by, 'see_figures', { account: memberAccount(memberId) }),
  );
  const isSeen = (cell: Cell) => seesAll || seesClient(cell.clientId);
  switch (subject.kind) {
    case 'all':
      return isSeen;
    case 'own':
      return ({ memberId }) => memberId === subject.memberId;
    case 'client':
      return ({ clientId }) => clientId === subject.clientId;
    case 'project':
      return ({ projectId }) => projectId === subject.projectId;
    case 'team':
      return ({ teamIds }) => teamIds.includes(subject.teamId);
    case 'person':
      return (cell) => cell.memberId === subject.memberId && (seesMember(cell.memberId) || isSeen(cell));
  }
}

function rememberedBy(ask: (id: string) => boolean): (id: string) => boolean {
  const known = new Map<string, boolean>();
  return (id) => {
    const answer = known.get(id) ?? ask(id);
    known.set(id, answer);
    return answer;
  };
}

type Asked = { period: NamedPeriod; only: (cell: Cell) => boolean };

type Named = { dimension: Dimension; value: string; clientId: string };

/** Whether a row may be named: a manager's people work for other managers' clients, and are in other teams. */
function namedFor(state: State, by: string, subject: ReportSubject): (row: Named) => boolean {
  if (subject.kind === 'own' || may(state, by, 'see_agency')) return () => true;
  const seesClient = rememberedBy((clientId) => may(state, by, 'see_figures', { account: clientAccount(clientId) }));
  const seesTeam = rememberedBy((teamId) => may(state, by, 'see_figures', { account: teamAccount(teamId) }));
  return ({ dimension, value, clientId }) => {
    if (dimension === 'team') return seesTeam(value);
    return (dimension !== 'client' && dimension !== 'project') || seesClient(clientId);
  };
}

function rowsOf(
  state: State,
  { period, dimension, only, isNamed }: Asked & { dimension: Dimension; isNamed: (row: Named) => boolean },
): ReportRow[] {
  const rows = new Map<string | null, ReportRow>();
  for (const { values, usage } of usageRows(state, { period, by: [dimension, 'client'], only })) {
    const [value = null, clientId] = values;
    const isHidden = value !== null && !isNamed({ dimension, value, clientId: clientId ?? '' });
    const shown = isHidden ? OTHERS : value;
    const name = shown === null ? null : nameOf(state, dimension, shown);
    rows.set(shown, { value: shown, name, usage: withUsage(rows.get(shown)?.usage ?? NO_USAGE, usage) });
  }
  const all = [...rows.values()];
  return dimension === 'day' ? all : all.sort((a, b) => spent(b) - spent(a));
}

function withUsage(usage: Usage, more: Usage): Usage {
  const next = { ...usage };
  for (const name of Object.keys(more) as (keyof Usage)[]) next[name] += more[name];
  return next;
}

const spent = ({ usage }: ReportRow) => usage.credits + usage.agencyCredits;

function nameOf(state: State, dimension: Dimension, value: string): string | null {
  if (dimension === 'client') return state.clients.get(value)?.name ?? null;
  if (dimension === 'team') return teamNameOf(state, value) ?? null;
  return dimension === 'project' ? (state.projects.get(value)?.name ?? null) : null;
}

function dailyOf(state: State, { period, only, today }: Asked & { today: string }) {
  const toDate = period.toDate < today ? period.toDate : today;
  const credits = new Map(
    usageRows(state, { period, by: ['day'], only }).map(({ values: [date], usage }) => [date, usage.credits]),
  );
  return datesOf({ fromDate: period.fromDate, toDate }).map((date) => ({ date, credits: credits.get(date) ?? 0 }));
}
