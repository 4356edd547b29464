import type { ModalView } from '@slack/types';
import type { LimitsPreview } from '../../app/limits/preview-limits.ts';
import type { Window } from '../../ledger/usage/windows.ts';
import type { Tally } from '../../reports/rehearsal.ts';
import { accountParts } from '../../words/accounts.ts';
import { capitalized, counted, credits, number } from '../../words/figures.ts';
import { lessSentence } from '../../words/less.ts';
import { figuresInWords } from '../../words/limits.ts';
import { listedUpTo } from '../../words/parts.ts';
import { WINDOW_WORDS } from '../../words/windows.ts';
import { limitsBanner } from '../admin-forms/saved-banners.ts';
import { modal } from '../kit/fields.ts';
import { defineForm } from '../kit/form/form.ts';
import { showSaved } from '../kit/form/home-answer.ts';
import { given } from '../kit/form/values.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { actions, bold, button, context, divider, type Inline, name, person, richLines } from '../kit/parts.ts';
import { type LimitsMetadata, readLimitsMetadata, writeLimitsMetadata } from './read-limits.ts';

/** More names than this are not read. */
const NAMES_MAX = 8;

/** What the limits would have done, and what follows; only from here are they saved. */
export const limitsRehearsedForm = defineForm({
  id: VIEWS.limitsRehearsed,
  metadata: readLimitsMetadata,
  read: () => given(null),
  async submit(deps, { about: { account, wanted }, deliveryId, ...where }) {
    const outcome = await deps.app.saveLimits({ deliveryId, by: where.by, account, wanted });
    await showSaved(deps, where, limitsBanner(outcome), outcome.refusals);
  },
});

export function limitsRehearsedModal(rehearsed: LimitsPreview, about: LimitsMetadata): ModalView {
  const { label, changes, rehearsal, isCut } = rehearsed;
  return modal(
    { callback: VIEWS.limitsRehearsed, title: 'Review before saving', submit: 'Save' },
    writeLimitsMetadata(about),
    [
      richLines(accountParts(label), ...changes.map(changeLine)),
      divider,
      richLines(...wouldHave(rehearsed)),
      ...(rehearsal.requestsCount > 0 ? [context(HOW_COUNTED)] : []),
      ...(isCut ? [context('Too many requests to check. Only the latest are counted.')] : []),
      ...followsBlocks(rehearsed),
      actions(button('Back', { action: ACTIONS.limitsBack, label: 'Back to the form' })),
    ],
  );
}

const HOW_COUNTED =
  'An estimate: requests count as finished at once, without extra or moved credits. Blocked requests don’t count toward later ones.';

const changeLine = ({ window, before, after }: LimitsPreview['changes'][number]): Inline[] => [
  `${capitalized(WINDOW_WORDS[window].noun)}: ${figuresInWords(window, before)} → `,
  bold(figuresInWords(window, after)),
];

function wouldHave({ rehearsal, clientNames, changes }: LimitsPreview): Inline[][] {
  const { requestsCount, usedCredits, blocked, asked, warned } = rehearsal;
  const all = `${requests(requestsCount)} for ${credits(usedCredits)}`;
  if (requestsCount === 0)
    return [['No credits were used here in the last 30 days, so this change would have had no effect.']];
  if (changes.every(({ after }) => after === null))
    return [[`${all} in the last 30 days. With no limit, nothing would be blocked.`]];
  const none = blocked.requestsCount + asked.requestsCount + warned.requestsCount === 0;
  if (none) return [[`Everything in the last 30 days fits (${all}). This change would have had no effect.`]];
  const saved = `${credits(blocked.usedCredits)} would have been saved.`;
  return [
    [bold('In the last 30 days'), `, out of ${all}, this would have`],
    ...told('blocked', blocked, clientNames),
    ...told('sent for approval', asked, clientNames),
    ...told('warned about', warned, clientNames),
    ...(blocked.requestsCount > 0 ? [[saved]] : []),
  ];
}

function told(verb: string, tally: Tally, clientNames: LimitsPreview['clientNames']): Inline[][] {
  const { requestsCount, usedCredits, members, clients } = tally;
  if (requestsCount === 0) return [];
  const people = members.map(({ memberId }) => person(memberId));
  const named = clients.map(({ clientId }) => name(clientNames[clientId] ?? 'a client'));
  return [
    [
      `• ${verb} `,
      bold(requests(requestsCount)),
      ` (${credits(usedCredits)}), of `,
      ...listedUpTo(people, NAMES_MAX),
      ', for ',
      ...listedUpTo(named, NAMES_MAX),
    ],
  ];
}

const requests = (count: number) => counted(count, 'request');

/** How the account stands once it is saved, also where the limit is just above what was used. */
function followsBlocks(preview: LimitsPreview): ModalView['blocks'] {
  const { changes, less } = preview;
  const stands = changes.flatMap((change) => change.stands ?? []);
  if (stands.length === 0) return [];
  const isStopping = stands.some((each) => isUsedUp(each, preview));
  return [
    divider,
    richLines(
      [bold('Right after saving')],
      ...stands.map((each): Inline[] => [followsWords(each, preview)]),
      ...(less === null ? [] : [[lessSentence(less)]]),
      ...(isStopping ? [['Images in progress will finish.']] : []),
    ),
  ];
}

type Stands = NonNullable<LimitsPreview['changes'][number]['stands']>;
type Costs = Pick<LimitsPreview, 'cheapestCredits'>;

const isUsedUp = ({ availableCredits }: Stands, { cheapestCredits }: Costs) =>
  availableCredits < Math.max(1, cheapestCredits ?? 1);

function followsWords(stands: Stands, costs: Costs): string {
  const { window, usedCredits, heldCredits, availableCredits, over } = stands;
  const { now } = WINDOW_WORDS[window];
  const held = heldCredits > 0 ? ` and ${number(heldCredits)} on hold` : '';
  const used = `${credits(usedCredits)} used${held} ${now}`;
  if (!isUsedUp(stands, costs)) return `${used}, ${number(availableCredits)} left.`;
  const cheapest = `the cheapest image costs ${number(costs.cheapestCredits ?? 0)}`;
  const left = availableCredits > 0 ? `, ${number(availableCredits)} left; ${cheapest}` : '';
  const below = availableCredits < 0 ? `, ${credits(-availableCredits)} more than this limit allows` : '';
  return `${used}${left}${below}. ${FOLLOWS[over]} ${until(window)}`;
}

const FOLLOWS = {
  refuse: 'Nothing new is made',
  ask: 'New requests need approval',
  warn: 'New requests come with a warning',
} as const;

function until(window: Window): string {
  const { next } = WINDOW_WORDS[window];
  return next === null ? 'until the limit is raised.' : `until ${next}, or until the limit is raised.`;
}
