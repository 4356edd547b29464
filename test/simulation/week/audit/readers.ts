import { CHANNELS, GUEST } from '../world/agency.ts';
import { addDays, wallAt } from './calendar.ts';
import type { Facts, Made, Rules } from './facts.ts';

const MINUTE_MS = 60_000;
const CLIENT_OF: Readonly<Record<string, string>> = { 'project:spring': 'acme' };

/** People that Slack calls full members, by what the lines say of them. */
function activeWith({ people }: Rules, role: string): string[] {
  return [...people].flatMap(([id, each]) => (each.role === role && each.isActive && id !== GUEST ? [id] : []));
}

export function digestReaders(rules: Rules): string[] {
  const { readers } = rules.digest;
  if (readers === 'no_one') return [];
  const owners = activeWith(rules, 'owner');
  if (readers === 'owners') return owners;
  const managers = activeWith(rules, 'manager');
  return [...owners, ...managers.filter((id) => (rules.people.get(id)?.clientIds.length ?? 0) > 0)];
}

/** Channels of clients that want it and had an image in that week, by what is known at a moment. */
export function digestChannels({ made }: Pick<Facts, 'made'>, rules: Rules, week: string, at: number): string[] {
  const end = addDays(week, 6);
  const isOfWeek = ({ heldAt }: Made) => {
    const { date } = wallAt(heldAt, rules.timeZone);
    return date >= week && date <= end;
  };
  return (['acme', 'nova'] as const)
    .filter((clientId) => rules.clientDigests.has(clientId))
    .filter((clientId) => made.some((each) => each.clientId === clientId && each.at <= at && isOfWeek(each)))
    .map((clientId) => CHANNELS[clientId]);
}

/** An account's managers; owners, where nobody manages it. A guest manages it, and is told nothing. */
export function alertReaders(rules: Rules, account: string): string[] {
  const clientId = account.startsWith('client:') ? account.slice('client:'.length) : CLIENT_OF[account];
  const teamId = account.startsWith('team:')
    ? account.slice('team:'.length)
    : account.startsWith('member:')
      ? 'film'
      : '';
  const manages = ({ clientIds, teamIds }: { clientIds: readonly string[]; teamIds: readonly string[] }) =>
    clientIds.includes(clientId ?? '') || teamIds.includes(teamId);
  const managers = [...rules.people].filter(([, each]) => each.role === 'manager' && each.isActive && manages(each));
  if (managers.length === 0) return activeWith(rules, 'owner');
  return managers.flatMap(([id]) => (id === GUEST ? [] : [id]));
}

export function isQuietAt({ quiet, timeZone }: Rules, at: number): boolean {
  if (!quiet) return false;
  const { minuteOfDay } = wallAt(at, timeZone);
  const [from, to] = [minutes(quiet.from), minutes(quiet.to)];
  return from < to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
}

export const isMutedAt = ({ muted }: Rules, account: string, at: number): boolean => (muted.get(account) ?? 0) > at;

/** By the clocks of all processes, which differ by a minute or two. */
export const AROUND_MS = [-3 * MINUTE_MS, 0, 3 * MINUTE_MS] as const;

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
