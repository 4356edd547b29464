import { clientAccount, teamAccount } from '../../ledger/accounts.ts';
import { sameName } from '../../ledger/decide/checks.ts';
import { may } from '../../ledger/rights/rights.ts';
import type { State } from '../../ledger/state.ts';
import type { ReportQuestion, ReportSubject } from './report-view.ts';

export type SubjectFound = { ok: true; subject: ReportSubject } | { ok: false; typed: string; near: readonly string[] };

const NEAR_MAX = 5;

/**
 * Finds whose use is asked for, among the names that the reader may know. Without a name it is the channel's client, where
 * the reader looks after it; else everything they may see, or their own use.
 */
export function findSubject(state: State, { by, channelId, kind, named, memberId }: ReportQuestion): SubjectFound {
  if (memberId !== null) return found({ kind: memberId === by ? 'own' : 'person', memberId });
  if (named === '') return found(usualSubject(state, by, channelId));
  if (/^(me|mine|my own)$/i.test(named)) return found({ kind: 'own', memberId: by });
  const all = subjectsFor(state, by).filter((each) => kind === null || each.subject.kind === kind);
  const exact = all.filter(({ name, fullName }) => sameName(name, named) || sameName(fullName, named));
  const [first] = exact;
  // A client goes before a project of its name. Two clients’ projects of one name have to be told apart.
  if (first && (exact.length === 1 || first.subject.kind !== 'project')) return found(first.subject);
  if (first) return { ok: false, typed: named, near: exact.slice(0, NEAR_MAX).map(({ fullName }) => fullName) };
  const begins = all.filter(({ name }) => name.toLowerCase().startsWith(named.toLowerCase()));
  const [only, ...others] = begins;
  if (only && others.length === 0) return found(only.subject);
  return {
    ok: false,
    typed: named,
    near: (begins.length > 0 ? begins : all).slice(0, NEAR_MAX).map(({ fullName }) => fullName),
  };
}

/** Whether a text is just what something is called that the reader may know. */
export const isName = (state: State, by: string, text: string): boolean =>
  text !== '' && subjectsFor(state, by).some(({ name, fullName }) => sameName(name, text) || sameName(fullName, text));

/** Everything that the reader may ask for by name. */
export const namesSeen = (state: State, by: string): string[] => subjectsFor(state, by).map(({ name }) => name);

const found = (subject: ReportSubject): SubjectFound => ({ ok: true, subject });

function usualSubject(state: State, by: string, channelId: string | null): ReportSubject {
  const clientId = channelId === null ? null : (state.channels.get(channelId) ?? null);
  const client = clientId === null ? undefined : state.clients.get(clientId);
  if (client && may(state, by, 'see_figures', { account: clientAccount(client.clientId) })) {
    return { kind: 'client', clientId: client.clientId, name: client.name };
  }
  return may(state, by, 'see_people') ? { kind: 'all' } : { kind: 'own', memberId: by };
}

/** `fullName`: a project’s with its client. */
type Named = { name: string; fullName: string; subject: ReportSubject };

/** Open clients come before closed ones of the same name, and clients before projects and teams. */
function subjectsFor(state: State, by: string): Named[] {
  const seesClient = (clientId: string) => may(state, by, 'see_figures', { account: clientAccount(clientId) });
  const clients = [...state.clients.values()]
    .filter(({ clientId }) => seesClient(clientId))
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
  const projects = [...state.projects.values()]
    .filter(({ clientId }) => seesClient(clientId))
    .sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
  const teams = [...state.teams.values()].filter(({ teamId }) =>
    may(state, by, 'see_figures', { account: teamAccount(teamId) }),
  );
  return [
    ...clients.map(
      ({ clientId, name }): Named => ({ name, fullName: name, subject: { kind: 'client', clientId, name } }),
    ),
    ...projects.map(({ projectId, clientId, name }): Named => {
      const fullName = `${name} · ${state.clients.get(clientId)?.name ?? ''}`;
      return { name, fullName, subject: { kind: 'project', projectId, name: fullName } };
    }),
    ...teams.map(({ teamId, name }): Named => ({ name, fullName: name, subject: { kind: 'team', teamId, name } })),
  ];
}
