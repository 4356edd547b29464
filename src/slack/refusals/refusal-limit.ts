import type { ChannelDecided } from '../../app/clients/show-decision.ts';
import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { LimitExceeded, Refusal } from '../../ledger/refusals.ts';
import type { ExceededLimit } from '../../ledger/state.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { Audience } from '../../ports/ports.ts';
import { budgetOrLimit, kindOfOwner } from '../../words/accounts.ts';
import { limitSum } from '../../words/balances.ts';
import { capitalized, credits, number } from '../../words/figures.ts';
import { listed } from '../../words/parts.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { dateToken, type Inline, name, person } from '../kit/parts.ts';
import { mayShowFigures, termsToShow, whyLeftOut } from '../kit/show-to-audience.ts';
import { NOTHING_MADE } from '../kit/text.ts';

/** Who reads it, and what the client is called to whose channel it belongs. */
export type RefusalContext = {
  readerId: string;
  audience: Audience;
  clientName: string | null;
  helpers: readonly string[];
  /** Who can help with each account that is in the way, where that was looked up. */
  helpersBy?: Readonly<Record<string, readonly string[]>>;
  /** Accounts whose figures are none of the reader's business. */
  hidden?: readonly AccountId[];
  /** What clients, teams and projects are called, by their accounts. */
  names?: Readonly<Record<string, string>>;
  /** Who has decided about a channel meanwhile, and what; null, or left out, where that is not known. */
  decided?: ChannelDecided | null;
  /** What the cheapest image costs; null where that is not known. */
  cheapestCredits?: number | null;
  /** What fits was looked for, and is offered where there is some. */
  isFitTried?: boolean;
};

/** Which limit, its arithmetic, when it resets, what else is in the way, who can help, and what to do meanwhile. */
export function limitParagraphs(
  { binding, exceeded, requestedCredits }: LimitExceeded,
  to: RefusalContext,
): Inline[][] {
  const others = exceeded.filter(({ account, window }) => account !== binding.account || window !== binding.window);
  const which: Inline[][] = mayShowFigures(binding.account, to)
    ? [tooLittle(binding, requestedCredits, to), [limitSum(binding, termsToShow(to))], resets(binding)]
    : [tooLittle(binding, requestedCredits, to), ...leftOut(binding, to)];
  const isOneForAll = exceeded.every(({ account }) => isSame(helpersOf(account, to), helpersOf(binding.account, to)));
  const raise = helpWith([binding, ...others], to, others.length > 0 ? 'raise them' : 'raise it');
  return [
    ...which,
    ...(isOneForAll ? [] : [helpWith([binding], to)]),
    ...also(binding, others, isOneForAll ? { ...to, isHelpSaid: true } : to),
    ...(isOneForAll ? [raise] : []),
    [`${NOTHING_MADE}${advice([binding, ...others], to)}`],
  ];
}

/** `Northwind Coffee’s monthly budget has 7 credits left. This needs 12.` */
export const tooLittle = (limit: ExceededLimit, requestedCredits: number, to: RefusalContext): Inline[] =>
  mayShowFigures(limit.account, to)
    ? [...budget(limit, to, 'Start'), ` has ${left(limit)} left. This needs ${number(requestedCredits)}.`]
    : [...budget(limit, to, 'Start'), ` doesn’t cover this. It needs ${credits(requestedCredits)}.`];

/** What is left out wherever it is read needs no reason that is about the place. */
const leftOut = ({ account }: ExceededLimit, { audience, hidden = [] }: RefusalContext): Inline[][] =>
  audience === 'internal' || hidden.includes(account)
    ? []
    : [[`Numbers aren’t shown here because ${whyLeftOut(audience)}.`]];

/** `Northwind Coffee's monthly budget`, `your weekly limit`; without its figures, or a window, `the agency's limit`. */
export function budget(
  { account, window }: { account: AccountId; window: Window | null },
  to: RefusalContext,
  at: 'Start' | 'Inside',
): Inline[] {
  if (!mayShowFigures(account, to)) return [starting(`${kindOfOwner(account)} ${budgetOrLimit(account)}`, at)];
  const here = parseAccount(account)?.kind === 'member_in_client' ? ' for this client' : '';
  const what = `${window === null ? '' : ` ${WINDOW_WORDS[window].adjective}`} ${budgetOrLimit(account)}${here}`;
  const owner = ownerOf(account, to);
  if (typeof owner !== 'string') return [owner, `’s${what}`];
  return [starting(owner + what, at)];
}

const starting = (words: string, at: 'Start' | 'Inside') => (at === 'Start' ? capitalized(words) : words);

const named = (account: AccountId, names: RefusalContext['names']): Inline | null => {
  const called = names?.[account];
  return called === undefined ? null : name(called);
};

function ownerOf(text: AccountId, { readerId, clientName, names }: RefusalContext): Inline {
  const account = parseAccount(text);
  switch (account?.kind) {
    case 'client':
      return clientName === null ? 'this client’s' : name(clientName);
    case 'team':
      return named(text, names) ?? 'your team’s';
    case 'project':
      return named(text, names) ?? 'this project’s';
    case 'member':
    case 'member_in_client':
      return account.memberId === readerId ? 'your' : person(account.memberId);
    case 'agency':
    case undefined:
      return 'the agency’s';
  }
}

const left = ({ availableCredits }: ExceededLimit) => (availableCredits > 0 ? credits(availableCredits) : 'no credits');

/** Tells an approver which limits bind besides those that the card showed. */
export function otherLimitsParagraphs(
  { exceeded, requestedCredits }: Refusal & { reason: 'other_limits' },
  to: RefusalContext,
): Inline[][] {
  return [
    [`Another limit now blocks this request, so it wasn’t approved. It needs ${credits(requestedCredits)}.`],
    ...exceeded.flatMap((each): Inline[][] =>
      mayShowFigures(each.account, to)
        ? [
            [...budget(each, to, 'Start'), ` has ${left(each)} left. ${limitSum(each, termsToShow(to))}`],
            [...resets(each), ...alsoHelp([each], to)],
          ]
        : [[...budget(each, to, 'Start'), ' doesn’t cover it.', ...alsoHelp([each], to)]],
    ),
    ['The updated card shows all of them. Limits that refuse must be raised before you can approve.'],
  ];
}

const resets = ({ resetsAt }: ExceededLimit): Inline[] =>
  resetsAt === null ? ['This limit doesn’t reset.'] : ['Resets ', dateToken(resetsAt), '.'];

/** Each with its own arithmetic. Without figures, two windows of one account are one limit, which is named once. */
function also(binding: ExceededLimit, others: readonly ExceededLimit[], to: Also): Inline[][] {
  const said = new Set(mayShowFigures(binding.account, to) ? [] : [kindOfOwner(binding.account)]);
  const inFull = others
    .filter(({ account }) => mayShowFigures(account, to))
    .map((other): Inline[] => [
      'Also too low: ',
      ...budget(other, to, 'Inside'),
      `, ${other.availableCredits > 0 ? number(other.availableCredits) : 'none'} left. ${limitSum(other, termsToShow(to))} `,
      ...resets(other),
      ...alsoHelp([other], to),
    ]);
  const budgets = others.flatMap((other): Inline[][] => {
    if (mayShowFigures(other.account, to)) return [];
    const kind = kindOfOwner(other.account);
    if (said.has(kind)) return [];
    said.add(kind);
    return [budget(other, to, 'Inside')];
  });
  if (budgets.length === 0) return inFull;
  const hidden = others.filter(({ account }) => !mayShowFigures(account, to));
  return [...inFull, ['Also too low: ', ...listed(budgets), '.', ...alsoHelp(hidden, to, 'help with that')]];
}

type Also = RefusalContext & { isHelpSaid?: boolean };

const helpersOf = (account: AccountId, { helpers, helpersBy }: RefusalContext) => helpersBy?.[account] ?? helpers;
const isSame = (one: readonly string[], other: readonly string[]) => one.join() === other.join();

/** The people who can raise one of the limits. */
function helpWith(limits: readonly ExceededLimit[], to: RefusalContext, what = 'raise it'): Inline[] {
  const helpers = [...new Set(limits.flatMap(({ account }) => helpersOf(account, to)))];
  return help({ ...to, helpers }, what);
}

const alsoHelp = (limits: readonly ExceededLimit[], to: Also, what?: string): Inline[] =>
  to.isHelpSaid || !to.helpersBy ? [] : [' ', ...helpWith(limits, to, what)];

/** A mention in an answer that only one person sees pings no other person. */
export function help({ helpers, readerId }: RefusalContext, what = 'raise it'): Inline[] {
  if (helpers.includes(readerId)) return [`You can ${what} yourself, in Inkwell’s Home.`];
  return [...othersWhoHelp({ helpers, readerId }), ` can ${what}.`];
}

/** The helpers without the reader, or `An owner`. */
export function othersWhoHelp({ helpers, readerId }: Pick<RefusalContext, 'helpers' | 'readerId'>): Inline[] {
  const others = helpers.filter((helper) => helper !== readerId);
  return others.length > 0 ? people(others) : ['An owner'];
}

/** `Ana`, `Ana or Ben`, as mentions. */
export const people = (ids: readonly string[], word: 'and' | 'or' = 'or'): Inline[] =>
  listed(
    ids.map((id) => [person(id)]),
    word,
  );

/** Only what fits into every limit that is in the way is worth proposing; what fits would tell of what is left. */
function advice(
  exceeded: readonly ExceededLimit[],
  { cheapestCredits = null, isFitTried = false, ...to }: RefusalContext,
): string {
  if (exceeded.some(({ account }) => !mayShowFigures(account, to))) return '';
  const room = Math.min(...exceeded.map(({ availableCredits }) => availableCredits));
  if (room <= 0 || cheapestCredits === null) return '';
  if (cheapestCredits > room) return ` Even the cheapest image costs ${credits(cheapestCredits)}.`;
  if (isFitTried) return '';
  return ` Fewer images, a smaller size or a lower quality may fit the ${credits(room)} left.`;
}
