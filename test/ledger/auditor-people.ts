import { INKWELL } from '../../src/ledger/commands/commands.ts';
import type { Line } from '../../src/ledger/lines.ts';
import type { Reckoning } from './reckoning.ts';
import type { OfKind, Person, Told } from './told.ts';

/** The laws about people: who spends and where, who decides, and what one request may be. */
export function peopleLaws(before: Reckoning, line: Line, known: readonly Line[]): string[] {
  const { told } = before;
  return [
    ...actorLaws(told, line),
    ...spendLaws(told, line),
    ...ruleLaws(told, line),
    ...burstLaws(told, line, known),
    ...decisionLaws(before, line),
  ];
}

/** Nobody acts who was suspended or removed, and there is always an owner. */
function actorLaws({ people }: Told, line: Line): string[] {
  if (line.kind === 'refused' || line.kind === 'workspace_opened') return [];
  const actor = people.get(line.by);
  if (line.by !== INKWELL && actor?.status !== 'active') return [`${line.by} acts, and is ${actor?.status}`];
  const isLeft = line.kind === 'member_suspended' || line.kind === 'member_removed';
  const isDemoted = line.kind === 'role_set' && line.role !== 'owner';
  if (!isLeft && !isDemoted) return [];
  const others = [...people].filter(([id, { role, status }]) => {
    return id !== line.memberId && role === 'owner' && status === 'active';
  });
  const was = people.get(line.memberId);
  return was?.role === 'owner' && was.status === 'active' && others.length === 0 ? ['leaves no owner'] : [];
}

type Spending = OfKind<'held' | 'asked' | 'approved'>;
const isSpending = (line: Line): line is Spending => ['held', 'asked', 'approved'].includes(line.kind);

/** Credits are for somebody who makes images, in a channel of an open client, and in the project that belongs there. */
function spendLaws({ people, channels, clients, projects, places }: Told, line: Line): string[] {
  if (!isSpending(line)) return [];
  const { memberId, teamIds, clientId, projectId, channelId } = line;
  const member = people.get(memberId);
  const violations: string[] = [];
  const wrong = (isSo: boolean, complaint: string) => isSo && violations.push(complaint);
  wrong(member?.status !== 'active', `${memberId} is ${member?.status}`);
  wrong(member?.role === 'viewer', `${memberId} only looks`);
  wrong(member?.teamIds.join() !== teamIds.join(), `${memberId} is in other teams than ${teamIds}`);
  wrong(channels.get(channelId) !== clientId, `${channelId} is another client's`);
  wrong(clients.get(clientId) !== true, `${clientId} is closed`);
  const project = projectId === null ? null : projects.get(projectId);
  wrong(project === undefined || project?.isOpen === false, `${projectId} is closed`);
  wrong(project !== null && project?.clientId !== clientId, `${projectId} is another client's`);
  const bound = places.get(`${channelId} `) ?? '';
  const isLeftOut = line.kind !== 'approved' && projectId === null && projects.get(bound)?.clientId === clientId;
  wrong(isLeftOut, `${channelId} is bound to ${bound}`);
  return violations;
}

function ruleLaws({ rules, caps, people }: Told, line: Line): string[] {
  if (!isSpending(line)) return [];
  const { memberId, clientId, work } = line;
  const amounts =
    line.kind === 'asked'
      ? Array<number>(line.imagesCount).fill(line.eachCredits)
      : line.holds.map((hold) => hold.amountCredits);
  const cap = caps.get(clientId)?.cap;
  const isCapped = cap && cap.untilAt > line.at && !cap.qualities.includes(work.quality);
  const price = amounts.reduce((sum, each) => sum + each, 0);
  const broken = [`role:${people.get(memberId)?.role}`, `client:${clientId}`, `member:${memberId}`].filter((scope) => {
    const { imagesMax = null, priceMaxCredits = null, models = null, qualities = null } = rules.get(scope) ?? {};
    const fits =
      amounts.length <= (imagesMax ?? Number.POSITIVE_INFINITY) &&
      price <= (priceMaxCredits ?? Number.POSITIVE_INFINITY) &&
      (models?.includes(work.model) ?? true) &&
      (qualities?.includes(work.quality) ?? true);
    return !fits;
  });
  return isCapped ? [...broken, `quality of ${clientId}`] : broken;
}

/** No more requests within a while than may be, since that was said. */
function burstLaws({ burst, people }: Told, line: Line, known: readonly Line[]): string[] {
  const count = countOf(line);
  if (!burst || count === null || !people.has(line.by)) return [];
  const earlier = known.filter(
    (each) => countOf(each) === count && each.seq > burst.sinceSeq && each.at > line.at - burst.withinMs,
  );
  return earlier.length < burst.requestsMax ? [] : [`is the ${earlier.length + 1}th within a while`];
}

/** Whose request it was. What a rule refuses is counted apart. */
function countOf(line: Line): string | null {
  if (line.kind === 'held' || line.kind === 'asked') return line.memberId;
  if (line.kind !== 'refused' || line.wish !== 'hold') return null;
  return OF_RULES.has(line.refusal.reason) ? `rules of ${line.by}` : line.by;
}

const OF_RULES = new Set(['model_not_allowed', 'quality_not_allowed', 'too_many_images', 'price_too_high']);

/** Nobody decides about their own request, nor without a say over what lacks credits. */
function decisionLaws({ told, limits, standing }: Reckoning, line: Line): string[] {
  const { people, ownerAboveCredits } = told;
  if (line.kind === 'withdrawn') {
    return line.by === line.memberId || line.by === INKWELL ? [] : [`${line.by} withdraws what is not theirs`];
  }
  if ((line.kind !== 'approved' && line.kind !== 'denied') || line.by === INKWELL) return [];
  const { by, memberId, at } = line;
  if (by === memberId) return [`${by} decides about their own request`];
  const request = told.requests.get(line.requestId)?.line;
  if (!request) return [];
  const requested = request.imagesCount * request.eachCredits;
  const teams = people.get(memberId)?.teamIds.map((id) => `team:${id}`) ?? [];
  const { clientId, projectId } = request;
  const touched = ['agency', ...teams, `client:${clientId}`, `project:${projectId}`, `member:${memberId}`];
  const lacking = limits.filter(({ account, window, over }) => {
    const isTouched = touched.includes(account) || account === `member:${memberId}@client:${clientId}`;
    return over === 'ask' && isTouched && standing(account, window, at).available < requested;
  });
  const accounts = lacking.length > 0 ? lacking.map(({ account }) => account) : [`client:${clientId}`];
  const mayFor = (account: string) => hasSay(told, { by, account, at, memberId });
  const isEnough = line.kind === 'approved' ? accounts.every(mayFor) : accounts.some(mayFor);
  const isAbove = line.kind === 'approved' && ownerAboveCredits !== null && requested > ownerAboveCredits;
  const violations = isEnough ? [] : [`${by} has no say over ${accounts}`];
  return isAbove && people.get(by)?.role !== 'owner' ? [...violations, `${by} is no owner`] : violations;
}

/** By themselves, or for somebody who is away; but not for the one who asked. */
function hasSay(
  told: Told,
  { by, account, at, memberId }: { by: string; account: string; at: number; memberId: string },
): boolean {
  const { people } = told;
  const standsInFor = [...people].filter(([id, { delegate }]) => {
    return id !== memberId && delegate?.toId === by && delegate.untilAt > at && people.get(by)?.role !== 'viewer';
  });
  return [people.get(by), ...standsInFor.map(([, person]) => person)].some(
    (person) => person?.status === 'active' && looksAfter(told, person, account),
  );
}

function looksAfter({ people, projects }: Told, person: Person, account: string): boolean {
  const { role, clientsManaged, teamsManaged } = person;
  if (role === 'owner') return true;
  if (role !== 'manager') return false;
  const [, clientId] = /client:(.+)$/.exec(account) ?? [];
  if (clientId !== undefined) return clientsManaged.includes(clientId);
  const [kind, id = ''] = account.split(':');
  if (kind === 'project') return clientsManaged.includes(projects.get(id)?.clientId ?? '');
  if (kind === 'team') return teamsManaged.includes(id);
  const about = kind === 'member' ? people.get(id) : undefined;
  const isLed = about?.role === 'creator' || about?.role === 'viewer';
  return isLed && about.teamIds.some((teamId) => teamsManaged.includes(teamId));
}
