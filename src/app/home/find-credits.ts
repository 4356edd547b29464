import { type AccountId, clientAccount, projectAccount, teamAccount } from '../../ledger/accounts.ts';
import { sameName } from '../../ledger/decide/checks.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import { dateAt } from '../../ledger/usage/windows.ts';
import type { Audience } from '../../ports/ports.ts';
import { privateAudience } from '../../ports/reply-address.ts';
import { cutPeriod } from '../../reports/periods.ts';
import type { AppContext } from '../context.ts';
import type { PeopleView } from '../people/people-view.ts';
import { showPeople } from '../people/show-people.ts';
import { showPerson } from '../people/show-person.ts';
import { findSubject, isName, namesSeen } from '../reports/find-subject.ts';
import type { ReportSubject } from '../reports/report-view.ts';
import type { Part } from './credits-view.ts';
import { type PersonOrPeriod, personOrPeriod } from './person-or-period.ts';
import { part } from './show-credits.ts';

/** What was typed after `/credits` and is no command of it: a name, a person or a period. */
export type CreditsQuestion = { by: string; channelId: string | null; typed: string; memberId: string | null };

export type CreditsFound =
  /** `isReported`: the reader may see a report of it, too. */
  | {
      kind: 'account';
      name: string;
      part: Part;
      isClosed: boolean;
      isReported: boolean;
      /** The reader may make images. */
      makes: boolean;
      by: string;
      audience: Audience;
    }
  | PersonOrPeriod
  | { kind: 'people'; people: PeopleView }
  | { kind: 'own' }
  /** A period was named: what was used in it, and by this person if one was named. */
  | { kind: 'report'; named: string; memberId: string | null }
  | { kind: 'elsewhere'; audience: Exclude<Audience, 'internal'> }
  /** `names`: all that the reader may ask for, to find the nearest among. */
  | { kind: 'unknown'; typed: string; names: readonly string[] };

/** Fewer letters begin too many names. */
const LETTERS_MIN = 3;

/** Finds what is asked for, among what the reader may see where they are. What they may not see is not known. */
export async function findCredits(context: AppContext, asked: CreditsQuestion): Promise<CreditsFound> {
  const { by, channelId, memberId } = asked;
  const typed = asked.typed.trim();
  const state = await context.book.read();
  const at = Math.max(context.clock.now(), state.lastAt);
  const { settings } = state;
  const audience = await privateAudience(context.channels, channelId, by);
  const here = ofThisChannel(state, asked, { by, at, audience });
  if (here) return here;
  const unknown: CreditsFound = { kind: 'unknown', typed, names: namesFor(state, asked, audience) };
  const seesPeople = may(state, by, 'see_people');
  const now = settings && { today: dateAt(at, settings), weekStartsOn: settings.weekStartsOn };
  const cut = now && !isName(state, by, typed) ? cutPeriod(typed, now) : null;
  const meant = cut && memberId === null ? await personOrPeriod(context, { by, typed, rest: cut.rest }) : null;
  if (cut && meant === null) return await inPeriod(context, { ...asked, typed }, cut.rest);
  if (memberId === by || (memberId === null && /^(?:me|mine|my own|myself)$/i.test(typed))) return { kind: 'own' };

  const found = meant ?? (await subjectOrPeople(context, state, { ...asked, typed }, seesPeople));
  if (!found) return unknown;
  if (audience !== 'internal' && !isOfClientHere(state, found, { channelId, audience })) {
    return { kind: 'elsewhere', audience };
  }
  return 'subject' in found ? (accountOf(state, found.subject, { by, at, audience }) ?? unknown) : found;
}

type Subject = { subject: ReportSubject };
type OfPeople = PersonOrPeriod | Extract<CreditsFound, { kind: 'people' }>;

/** Beside people from outside, a full member is told of the channel’s client and its projects. */
function isOfClientHere(
  state: State,
  found: Subject | OfPeople,
  { channelId, audience }: { channelId: string | null; audience: Audience },
): boolean {
  if (audience !== 'alone' || channelId === null || !('subject' in found)) return false;
  const { subject } = found;
  const clientId = state.channels.get(channelId) ?? null;
  if (subject.kind === 'client') return subject.clientId === clientId;
  return subject.kind === 'project' && state.projects.get(subject.projectId)?.clientId === clientId;
}

/** An exact name of an account goes before people, and people before a name that begins so. */
async function subjectOrPeople(
  context: AppContext,
  state: State,
  { by, channelId, typed, memberId }: CreditsQuestion,
  seesPeople: boolean,
): Promise<Subject | OfPeople | null> {
  if (memberId !== null) {
    const person = seesPeople && typed === '' ? await showPerson(context, { by, memberId }) : null;
    return person && { kind: 'person', person };
  }
  const found = findSubject(state, { by, channelId, kind: null, named: typed, memberId: null, dimension: null });
  if (found.ok && 'name' in found.subject && isCalled(found.subject.name, typed)) return { subject: found.subject };
  const people = seesPeople ? await peopleCalled(context, { by, typed }) : null;
  if (people) return { kind: 'people', people };
  return found.ok && 'name' in found.subject ? { subject: found.subject } : null;
}

/** A project may be named without its client. */
const isCalled = (fullName: string, typed: string) =>
  sameName(fullName, typed) || sameName(fullName.split(' · ')[0] ?? '', typed);

async function peopleCalled(context: AppContext, { by, typed }: { by: string; typed: string }) {
  if (typed.length < LETTERS_MIN) return null;
  const people = await showPeople(context, { by, find: typed, filter: 'all', page: 0 });
  return people && people.foundCount > 0 ? people : null;
}

/** A report finds accounts by their names itself; people are found here. */
async function inPeriod(
  context: AppContext,
  { by, typed, memberId }: CreditsQuestion,
  rest: string,
): Promise<CreditsFound> {
  const state = context.book.now();
  const report = { kind: 'report', named: typed, memberId } as const;
  if (rest === '' || memberId !== null || !may(state, by, 'see_people')) return report;
  const question = { by, channelId: null, kind: null, named: rest, memberId: null, dimension: null };
  if (findSubject(state, question).ok) return report;
  const people = await peopleCalled(context, { by, typed: rest });
  const [only, ...others] = people?.rows ?? [];
  if (!only || others.length > 0) return report;
  return { kind: 'report', named: typed.replace(rest, '').trim(), memberId: only.memberId };
}

/** The channel's own client is for everyone in it who is a member, as `/credits` alone says it; its projects for full members. */
function ofThisChannel(
  state: State,
  { channelId, typed, memberId }: CreditsQuestion,
  reader: Reader,
): CreditsFound | null {
  const client = channelId === null || memberId !== null ? null : clientHere(state, reader.by, channelId);
  if (!client) return null;
  const { clientId, name } = client;
  if (sameName(name, typed)) return accountOf(state, { kind: 'client', clientId, name }, reader);
  const project = isOfUs(reader.audience)
    ? state.projects.find((each) => each.clientId === clientId && sameName(each.name, typed))
    : undefined;
  const { projectId = '' } = project ?? {};
  return project ? accountOf(state, { kind: 'project', projectId, name: `${project.name} · ${name}` }, reader) : null;
}

const isOfUs = (audience: Audience) => audience === 'internal' || audience === 'alone';

function clientHere(state: State, by: string, channelId: string) {
  const clientId = state.channels.get(channelId);
  return clientId && may(state, by, 'see_client') ? (state.clients.get(clientId) ?? null) : null;
}

/** Where people from outside read along, no name of another client is suggested. */
const namesFor = (state: State, { by, channelId }: CreditsQuestion, audience: Audience): string[] => {
  const here = channelId === null ? null : clientHere(state, by, channelId);
  const others = audience === 'internal' ? namesSeen(state, by) : [];
  return [...new Set([...(here ? [here.name] : []), ...others])];
};

type Reader = { by: string; at: number; audience: Audience };

function accountOf(state: State, subject: ReportSubject, reader: Reader): CreditsFound | null {
  const of = (account: AccountId, name: string, isClosed: boolean): CreditsFound => {
    const { by, audience } = reader;
    // To a guest no report opens.
    const isReported = isOfUs(audience) && may(state, by, 'see_figures', { account });
    const makes = may(state, by, 'hold');
    return { kind: 'account', name, part: part(state, account, reader), isClosed, isReported, makes, by, audience };
  };
  switch (subject.kind) {
    case 'client':
      return of(clientAccount(subject.clientId), subject.name, isOver(state.clients.get(subject.clientId)));
    case 'project':
      return of(projectAccount(subject.projectId), subject.name, isOver(state.projects.get(subject.projectId)));
    case 'team':
      return of(teamAccount(subject.teamId), subject.name, false);
    case 'all':
    case 'own':
    case 'person':
      return null;
  }
}

const isOver = (of: { closedAt: number | null } | undefined) => of !== undefined && of.closedAt !== null;
