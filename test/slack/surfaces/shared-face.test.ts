import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProjectsView } from '../../../src/app/clients/show-projects.ts';
import type { CreditsView, Part } from '../../../src/app/home/credits-view.ts';
import type { HomeView } from '../../../src/app/messenger.ts';
import type { AccountId } from '../../../src/ledger/accounts.ts';
import type { Refusal } from '../../../src/ledger/refusals.ts';
import type { ExceededLimit } from '../../../src/ledger/state.ts';
import { creditsMessage } from '../../../src/slack/credits/credits.ts';
import { creditsHelpMore } from '../../../src/slack/credits/credits-help.ts';
import { boundMessage, projectsMessage } from '../../../src/slack/credits/credits-project.ts';
import { home } from '../../../src/slack/home/home.ts';
import { announcement } from '../../../src/slack/image-message/announcement.ts';
import { imageMessage } from '../../../src/slack/image-message/image-message.ts';
import { offeredFor } from '../../../src/slack/imagine/imagine-choice.ts';
import { imagineModal } from '../../../src/slack/imagine/imagine-form.ts';
import { FIRST_PAGES, type Tab } from '../../../src/slack/kit/home-metadata.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { refusalMessage } from '../../../src/slack/refusals/refusal.ts';
import type { RefusalContext } from '../../../src/slack/refusals/refusal-limit.ts';
import { creditsView, homeView, jobView, menu, part, projectView, setupView, standing } from '../home-views.ts';

/**
 * A world in which everything that is the agency's own is recognisable: its figures, and those of other clients, teams,
 * projects and colleagues, have six digits and more, its names say SECRET. What is the reader's or the client's is small.
 */
const secret = fc.integer({ min: 123_456, max: 999_999_999 });
const own = fc.integer({ min: 0, max: 999 });
const SECRET = /SECRET|\d{3},\d{3}|\d{6,}/;

/** Everything that Slack is sent, without the moments, which are numbers too. */
const sent = (surface: unknown) =>
  JSON.stringify(surface)
    .replace(/"timestamp":\d+/g, '')
    .replace(/<!date\^\d+/g, '');

const figures = (figure: fc.Arbitrary<number>, account: AccountId): fc.Arbitrary<Part> =>
  fc
    .record({ limitCredits: figure, usedCredits: figure, heldCredits: figure, availableCredits: figure })
    .map((given) =>
      part({ account, standings: [standing({ account, ...given })], usedThisMonthCredits: given.usedCredits }),
    );

const credits: fc.Arbitrary<CreditsView> = fc
  .record({
    mine: figures(own, 'member:U0ANA'),
    client: figures(own, 'client:northwind'),
    agency: figures(secret, 'agency'),
    project: figures(secret, 'project:winter'),
    others: fc.array(figures(secret, 'client:other'), { maxLength: 4 }),
    role: fc.constantFrom('owner', 'manager', 'creator', 'viewer'),
  })
  .map(({ mine, client, project, agency, others, role }) =>
    creditsView({
      audience: 'shared',
      role,
      own: mine,
      client: { name: 'Northwind Coffee', ...client },
      project: { projectId: 'winter', name: 'SECRET project', of: 'channel', ...project },
      agency,
      clients: others.map((each) => ({ name: 'SECRET client', ...each })),
      helperIds: ['U0OLIVIA'],
    }),
  );

const OPEN: readonly AccountId[] = ['client:northwind', 'member:U0ANA', 'member:U0ANA@client:northwind'];
const CLOSED: readonly AccountId[] = [
  'agency',
  'team:design',
  'project:winter',
  'member:U0BEN',
  'member:U0BEN@client:northwind',
];
const limitOf = (account: AccountId, figure: fc.Arbitrary<number>): fc.Arbitrary<ExceededLimit> =>
  fc.record({
    account: fc.constant(account),
    window: fc.constantFrom('day', 'week', 'month', 'total'),
    over: fc.constant('refuse'),
    limitCredits: figure,
    rolledCredits: figure,
    grantsCredits: figure,
    usedCredits: figure,
    heldCredits: figure,
    availableCredits: figure,
    resetsAt: fc.constant(null),
  });
const limit = fc.oneof(
  ...OPEN.map((account) => limitOf(account, own)),
  ...CLOSED.map((account) => limitOf(account, secret)),
);
const refusal: fc.Arbitrary<Refusal> = fc.oneof(
  fc.array(limit, { minLength: 1, maxLength: 6 }).map(
    (exceeded): Refusal => ({
      reason: 'limit_exceeded',
      requestedCredits: 24,
      binding: exceeded[0]!,
      exceeded,
    }),
  ),
  fc.array(limit, { minLength: 1, maxLength: 6 }).map(
    (exceeded): Refusal => ({
      reason: 'other_limits',
      requestId: 'r1',
      requestedCredits: 24,
      exceeded,
    }),
  ),
  secret.chain((figure) =>
    fc.constantFrom<Refusal>(
      { reason: 'name_taken', name: 'SECRET client', clientId: 'other' },
      { reason: 'name_in_use', name: 'SECRET team', of: 'team' },
      { reason: 'above_limit_of', account: 'client:other', of: 'agency', window: 'month', limitCredits: figure },
      { reason: 'not_enough_to_move', account: 'client:other', window: 'month', availableCredits: figure },
    ),
  ),
);
const names = Object.fromEntries(CLOSED.map((account) => [account, 'SECRET name']));
const to: RefusalContext = {
  readerId: 'U0ANA',
  audience: 'shared',
  clientName: 'Northwind Coffee',
  helpers: ['U0OLIVIA'],
  names,
  cheapestCredits: 3,
};

const homes = fc.record({ seen: credits, figure: secret }).map(
  ({ seen, figure }): HomeView =>
    homeView({
      credits: seen,
      stop: { stopId: 's', at: 0, brokenSeq: figure, problem: 'SECRET client', resumed: null, isWritten: true },
      setup: setupView({
        clients: [
          {
            ...setupView().clients[0]!,
            clientId: 'other',
            name: 'SECRET client',
            channelIds: [],
            limits: [{ window: 'month', limitCredits: figure }],
          },
        ],
        members: [
          { ...setupView().members[0]!, memberId: 'U0BEN', limits: [{ window: 'month', limitCredits: figure }] },
        ],
        agency: { limits: [{ window: 'month', limitCredits: figure }] },
        slippedCredits: figure,
      }),
    }),
);
const projects: fc.Arbitrary<ProjectsView> = fc
  .record({
    figure: secret,
    part: figures(secret, 'project:winter'),
    problem: fc.constantFrom<ProjectsView['problem']>(
      null,
      { reason: 'unknown', typed: 'spring', openNames: ['SECRET project', 'spring SECRET'] },
      { reason: 'closed', typed: 'winter', projectId: 'winter', name: 'SECRET project' },
    ),
  })
  .map(({ figure, part: winter, problem }) => ({
    audience: 'shared',
    formFace: 'shared',
    client: { clientId: 'northwind', name: 'Northwind Coffee' },
    bound: { projectId: 'winter', name: 'SECRET project', of: 'channel', ...winter },
    projects: [projectView({ projectId: 'winter', name: 'SECRET project', budgetCredits: figure })],
    chosenId: problem ? null : 'winter',
    problem,
    mayBind: true,
    makes: true,
  }));

const TABS: readonly Tab[] = ['overview', 'clients', 'people', 'limits', 'changes'];

/** What every surface sends of a world; each with the face it is given. */
const surfaces: [string, fc.Arbitrary<unknown>][] = [
  ['/credits', credits.map(creditsMessage)],
  ['/credits help', credits.map(({ helperIds }) => creditsHelpMore({ helperIds }))],
  [
    'the imagine form',
    credits.map((seen) => {
      const offers = menu('sketch');
      const draft = { prompt: 'a fox', options: {}, imagesCount: 1, stage: 'concept', project: null } as const;
      const offered = offeredFor(offers, draft)!;
      const hint = { channelId: 'C0NORTHWIND', threadTs: null, responseUrl: null };
      const { models } = offers;
      return imagineModal({ hint, chosenChannelId: null, models, offered, notices: [], credits: seen, projects: null });
    }),
  ],
  [
    'projects, in the imagine form and in /credits',
    projects.map((seen) => {
      const offers = menu('sketch');
      const offered = offeredFor(offers, { prompt: '', options: {}, imagesCount: 1, stage: null, project: 'spring' })!;
      const hint = { channelId: 'C0NORTHWIND', threadTs: null, responseUrl: null };
      const look = { hint, chosenChannelId: null, models: offers.models, offered, notices: [], credits: null };
      const { audience } = seen;
      return [
        imagineModal({ ...look, projects: seen }),
        projectsMessage(seen, 'channel'),
        boundMessage({ audience, place: 'channel' }, { ok: true, projectName: 'SECRET project' }),
        ...(seen.problem ? [boundMessage({ audience, place: 'thread' }, { ok: false, problem: seen.problem })] : []),
        ...(seen.problem
          ? [
              noteMessage(
                { kind: 'project_wrong', problem: seen.problem, audience, helpers: [], prompt: 'a fox' },
                { memberId: 'U0ANA' },
              ),
            ]
          : []),
      ];
    }),
  ],
  [
    'Home',
    homes.chain((view) =>
      fc
        .constantFrom(...TABS)
        .map((tab) => home(view, { notices: [], pages: { ...FIRST_PAGES, tab }, pictures: true })),
    ),
  ],
  ['a refusal', refusal.map((each) => refusalMessage(each, to))],
  [
    'a note of a refusal',
    refusal.map((each) =>
      noteMessage(
        { kind: 'refused', refusal: each, ...to, hidden: [], names, cheapestCredits: 3, prompt: 'a fox' },
        { memberId: 'U0ANA' },
      ),
    ),
  ],
  [
    'an image and its announcement',
    fc.record({ costMicroUsd: secret, boundMicroUsd: secret }).map(({ costMicroUsd, boundMicroUsd }) => {
      const [image] = jobView().job.images;
      const images = [{ ...image!, answer: { kind: 'done' as const, costMicroUsd } }];
      const view = {
        ...jobView({ boundMicroUsd, images }),
        projectName: 'SECRET project',
        audience: 'shared' as const,
      };
      return [imageMessage(view), announcement(view, { in: 'channel' })];
    }),
  ],
];

describe('where people from outside the agency may read along', () => {
  test.each(surfaces)('%s shows nothing of the agency’s', (_, drawn) => {
    fc.assert(
      fc.property(drawn, (surface) => {
        expect(sent(surface)).not.toMatch(SECRET);
      }),
      { numRuns: 300 },
    );
  });

  test('where nobody else reads, the same worlds do show it: the test has teeth', () => {
    const inside = { audience: 'internal' } as const;
    fc.assert(fc.property(credits, (seen) => SECRET.test(sent(creditsMessage({ ...seen, ...inside })))));
    const exceeded = limitOf('agency', secret).map(
      (binding): Refusal => ({
        reason: 'limit_exceeded',
        requestedCredits: 24,
        binding,
        exceeded: [binding],
      }),
    );
    fc.assert(fc.property(exceeded, (each) => SECRET.test(sent(refusalMessage(each, { ...to, ...inside })))));
    fc.assert(fc.property(projects, (seen) => SECRET.test(sent(projectsMessage({ ...seen, ...inside }, 'channel')))));
    fc.assert(
      fc.property(homes, (view) => {
        const seen = { ...view, credits: { ...view.credits, ...inside } };
        return SECRET.test(sent(home(seen, { notices: [], pages: FIRST_PAGES, pictures: true })));
      }),
    );
  });

  test('a face that nobody has given is shared', () => {
    const { audience: _, ...faceless } = fc.sample(credits, 1)[0]!;
    expect(sent(creditsMessage(faceless as CreditsView))).not.toMatch(SECRET);
  });

  test('the client’s and one’s own figures are still said, and a limit without figures once', () => {
    const [agencyDay, agencyMonth] = fc.sample(limitOf('agency', secret), 2) as [ExceededLimit, ExceededLimit];
    const client = { ...agencyDay, account: 'client:northwind', window: 'week', availableCredits: 7 } as const;
    const exceeded = [{ ...agencyDay, window: 'day' }, { ...agencyMonth, window: 'month' }, client] as const;
    const said = refusalMessage(
      { reason: 'limit_exceeded', requestedCredits: 24, binding: exceeded[0], exceeded },
      to,
    ).text.split('\n');
    expect(said.slice(0, 2)).toEqual([
      'The agency’s limit doesn’t cover this. It needs 24 credits.',
      'Numbers aren’t shown here because people outside the agency may see this.',
    ]);
    expect(said.at(-1)).toBe('Nothing was made or charged.');
  });
});
