import type { ClientWeek, Digest, FindingFacts } from '../app/digest/digest-view.ts';
import { type AccountId, clientAccount, parseAccount, projectAccount } from '../ledger/accounts.ts';
import type { Window } from '../ledger/usage/windows.ts';
import { accountParts, budgetOrLimit, labelFrom, type Names } from './accounts.ts';
import { dayWords, spanWords } from './dates.ts';
import { counted, credits, daysWords, number } from './figures.ts';
import { called, member, type Part, strong, written } from './parts.ts';
import { peerFindingParts } from './peer-check.ts';
import { WINDOW_WORDS } from './windows.ts';

/** A finding in one sentence: what it is about, one figure, and what that means. */
export function findingParts(facts: FindingFacts, names: Names): Part[] {
  switch (facts.kind) {
    case 'runs_out':
      return runsOut(facts, names);
    case 'left_over': {
      const { account, window, leftCredits } = facts;
      const end = window === 'total' ? 'when the project is due' : 'when it resets';
      return [
        'About ',
        strong(credits(leftCredits)),
        ' of ',
        ...ofAccount(account, window, names, 'Inside'),
        ` will be left ${end}.`,
      ];
    }
    case 'spike': {
      const { clientId, weekCredits, usualCredits } = facts;
      const client = nameOf(clientAccount(clientId), names);
      return [
        ...client,
        ' used ',
        strong(credits(weekCredits)),
        ` where ${number(usualCredits)} are usual`,
        ...causeParts(facts, names),
      ];
    }
    case 'blocked': {
      const { account, window, blockedCount, requestsCount } = facts;
      const figure = strong(`${number(blockedCount)} of ${counted(requestsCount, 'request')}`);
      return [...ofAccount(account, window, names), ' stopped ', figure, '. Is it too low?'];
    }
    case 'peers':
      return peerFindingParts(facts);
    case 'few_kept': {
      const { clientId, projectId, imagesCount, keptCount } = facts;
      const of = nameOf(projectId === null ? clientAccount(clientId) : projectAccount(projectId), names, 'Inside');
      return [
        'Of ',
        strong(counted(imagesCount, 'image')),
        ' for ',
        ...of,
        `, ${keptCount === 0 ? 'none was' : keptCount === 1 ? '1 was' : `${number(keptCount)} were`} kept.`,
      ];
    }
  }
}

function runsOut(
  { account, window, date, daysEarly, isDue, missingCredits }: FindingFacts & { kind: 'runs_out' },
  names: Names,
): Part[] {
  const early = `${daysWords(daysEarly)} before ${isDue ? 'the project is due' : 'it resets'}`;
  const missing = [': ', strong(`about ${credits(missingCredits)}`), ' more are needed at this pace.'];
  const of = ofAccount(account, window, names);
  if (date === null) return [...of, ` is used up, ${early}`, ...missing];
  return [...of, ` runs out ${dayWords(date)}, ${early}`, ...missing];
}

const MODEL_UNITS_MAX = 60;

function causeParts({ cause }: FindingFacts & { kind: 'spike' }, names: Names): Part[] {
  switch (cause?.by) {
    case 'project':
      return [', most of it for the project ', called(names[projectAccount(cause.value)] ?? '…'), '.'];
    case 'member':
      return [', most of it by ', member(cause.value), '.'];
    case 'model':
      return [', most of it with ', written(cause.value, MODEL_UNITS_MAX), '.'];
    case 'quality':
      return [', most of it at ', written(cause.value, MODEL_UNITS_MAX), ' quality.'];
    case undefined:
      return ['.'];
  }
}

/** `Acme’s monthly budget`. */
const ofAccount = (account: AccountId, window: Window, names: Names, at: 'Start' | 'Inside' = 'Start'): Part[] => [
  ...nameOf(account, names, at),
  `’s ${WINDOW_WORDS[window].adjective} ${budgetOrLimit(account)}`,
];

function nameOf(account: AccountId, names: Names, at: 'Start' | 'Inside' = 'Start'): Part[] {
  const parsed = parseAccount(account);
  const label = labelFrom(account, names);
  const inClient = parsed?.kind === 'member_in_client' ? (names[clientAccount(parsed.clientId)] ?? null) : label.name;
  return accountParts({ ...label, name: inClient }, at);
}

/** What the week came to, in one or two sentences. */
export function weekParts({ weeks, week, usualCredits, isQuiet }: Digest): Part[] {
  if (isQuiet) return [`The week of ${spanWords(weeks.week)} was quiet: nothing was made, and nothing is due.`];
  const usual = usualCredits > 0 ? ` A usual week has ${number(usualCredits)}.` : '';
  const kept = week.keptCount > 0 ? `, ${number(week.keptCount)} kept` : '';
  return [
    strong(credits(week.credits + week.agencyCredits)),
    ` for ${counted(week.imagesCount, 'image')}${kept}.${usual}`,
  ];
}

const DUE_MAX = 3;

/** Empty where nothing is due. */
export function dueParts({ due }: Digest, names: Names): Part[] {
  const projects = due.map(({ projectId, clientId }): Part[] => [
    called(names[projectAccount(projectId)] ?? '…'),
    ' for ',
    called(names[clientAccount(clientId)] ?? '…'),
  ]);
  const named = projects.slice(0, DUE_MAX).flatMap((each, at) => (at === 0 ? each : [', ', ...each]));
  const more = projects.length > DUE_MAX ? [` and ${number(projects.length - DUE_MAX)} more`] : [];
  return projects.length === 0 ? [] : ['Due within a week: ', ...named, ...more, '.'];
}

/** How far from its plan a budget is told: closer is on plan. */
const PLAN_PERCENT = 10;
const TREND_PERCENT = 10;
/** From here on a percentage is hard to picture. */
const TIMES_PERCENT = 200;

/** `**Acme**  120 credits · 320 of 500 used this month · 18% ahead of plan · up 40%`. */
export function clientLine({ name, week, usualCredits, budget }: ClientWeek): Part[] {
  const used =
    budget && `${number(budget.usedCredits)} of ${number(budget.wholeCredits)} used ${WINDOW_WORDS[budget.window].now}`;
  const facts = [credits(week.credits), used, budget && paceWords(budget), trendWords(week.credits, usualCredits)];
  return [called(name), `  ${facts.filter((fact) => fact).join(' · ')}`];
}

export function paceWords({
  usedCredits,
  expectedCredits,
  wholeCredits,
}: NonNullable<ClientWeek['budget']>): string | null {
  if (!expectedCredits || wholeCredits === 0) return null;
  const percent = Math.round((100 * (usedCredits - expectedCredits)) / wholeCredits);
  if (Math.abs(percent) < PLAN_PERCENT) return 'on plan';
  return `${number(Math.abs(percent))}% ${percent > 0 ? 'ahead of' : 'behind'} plan`;
}

function trendWords(weekCredits: number, usualCredits: number): string | null {
  if (usualCredits === 0) return weekCredits > 0 ? 'none in the 4 weeks before' : null;
  const percent = Math.round((100 * (weekCredits - usualCredits)) / usualCredits);
  if (Math.abs(percent) < TREND_PERCENT) return 'as usual';
  if (percent >= TIMES_PERCENT) return `${number(Math.round(weekCredits / usualCredits))} times the usual`;
  return `${percent > 0 ? 'up' : 'down'} ${number(Math.abs(percent))}%`;
}
