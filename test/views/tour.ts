import type { HomeLook } from '../../src/app/home/show-home.ts';
import type { Chooser } from '../../src/app/images/available-models.ts';
import { isAccount } from '../../src/ledger/accounts.ts';
import { handleCommand } from '../../src/ledger/handle-command.ts';
import type { Refusal } from '../../src/ledger/refusals.ts';
import { ROLES } from '../../src/ledger/roles.ts';
import type { RuleScope } from '../../src/ledger/rules.ts';
import { askOwnersModal } from '../../src/slack/alerts/ask-owners-form.ts';
import { awayModal } from '../../src/slack/approvals/away-form.ts';
import { approveUntilModal, denyModal, raiseLimitModal } from '../../src/slack/approvals/request-form.ts';
import { requestMoveModal } from '../../src/slack/approvals/request-move-form.ts';
import { bindChannelModal } from '../../src/slack/clients/bind-channel-form.ts';
import { clientModal } from '../../src/slack/clients/client-form.ts';
import { createClientModal } from '../../src/slack/clients/create-client-form.ts';
import { createProjectModal, projectModal } from '../../src/slack/clients/project-form.ts';
import { creditsMessage } from '../../src/slack/credits/credits.ts';
import { creditsHelpMore } from '../../src/slack/credits/credits-help.ts';
import { peopleMessage, teamsMessage } from '../../src/slack/credits/credits-people.ts';
import { projectsMessage } from '../../src/slack/credits/credits-project.ts';
import { reportMessage } from '../../src/slack/credits/report.ts';
import { notAnswered } from '../../src/slack/credits/report-listeners.ts';
import { digestModal } from '../../src/slack/digest/digest-form.ts';
import { home } from '../../src/slack/home/home.ts';
import { imageMessage } from '../../src/slack/image-message/image-message.ts';
import { offeredFor } from '../../src/slack/imagine/imagine-choice.ts';
import { imagineModal } from '../../src/slack/imagine/imagine-form.ts';
import { refusedForm, refusedNotice } from '../../src/slack/kit/form/home-answer.ts';
import { FIRST_PAGES, type Tab } from '../../src/slack/kit/home-metadata.ts';
import { calendarPricesModal } from '../../src/slack/limits/calendar-prices-form.ts';
import { calendarPricesPreviewModal } from '../../src/slack/limits/calendar-prices-preview-form.ts';
import { grantModal } from '../../src/slack/limits/grant-form.ts';
import { limitsModal } from '../../src/slack/limits/limits-form.ts';
import { limitsPersonModal } from '../../src/slack/limits/limits-person-form.ts';
import { limitsRehearsedModal } from '../../src/slack/limits/limits-preview-form.ts';
import { moveModal } from '../../src/slack/limits/move-form.ts';
import { policyModal } from '../../src/slack/limits/policy-form.ts';
import { NOTHING_SET } from '../../src/slack/limits/read-limits.ts';
import { ruleModal } from '../../src/slack/limits/rule-form.ts';
import { peerCheckModal, peerCheckOnModal } from '../../src/slack/peer-check/peer-check-form.ts';
import { deleteTeamModal } from '../../src/slack/people/delete-team-form.ts';
import { bringBackModal, inviteModal, removePersonModal } from '../../src/slack/people/people-form.ts';
import { personModal } from '../../src/slack/people/person-form.ts';
import { teamModal } from '../../src/slack/people/team-form.ts';
import { REQUIRED_RIGHTS } from '../../src/slack/platform/required-rights.ts';
import { refusalMessage } from '../../src/slack/refusals/refusal.ts';
import { clicking } from '../support/requester.ts';
import type { Occasion } from './knowledge.ts';
import { namedCredits } from './named-credits.ts';
import {
  accountsOf,
  CHANNELS,
  CLIENTLESS,
  CLIENTS,
  nameOf,
  type Organisation,
  PEOPLE,
  PROJECTS,
  TEAMS,
  UNBOUND,
} from './organisation.ts';
import { wishesAbout } from './wishes-about.ts';

/** Something that somebody is given: the view itself, and all that the surfaces draw of it. */
export type Sight = {
  what: string;
  /** Null where only what is drawn goes out: a refusal keeps ids for the books that no sentence says. */
  view: unknown;
  drawn: readonly unknown[];
  occasion?: Occasion;
  /** Whether it lists people whom one looks after. */
  listsPeople?: boolean;
  /** Where it is read; null for what belongs to no channel. */
  channelId?: string | null;
  /** Sums over some requests of an account: only figures that are somebody else's are looked for. */
  sums?: boolean;
  /** Read by this person alone, whoever else is in the channel. */
  isPrivate?: boolean;
  /** Of a time that is over, or of what would be: what is left there is no sum of now. */
  isAbout?: 'another time';
};

const PAGES = FIRST_PAGES;

/** Everything that one person can be shown, asked for about everything that there is, theirs or not. */
export async function* tour(org: Organisation, by: string): AsyncGenerator<Sight> {
  yield* homeOf(org, by);
  yield* peopleOf(org, by);
  yield* reportsOf(org, by);
  yield* placesOf(org, by);
  yield* limitsOf(org, by);
  yield* requestsOf(org, by);
  yield* refusalsOf(org, by);
}

async function* homeOf({ app, world }: Organisation, by: string): AsyncGenerator<Sight> {
  const people = (filter: 'all' | 'removed') => ({ people: { find: '', filter, page: 0 } });
  const limits = (find: string, page: number) => ({ limits: { find, page } });
  const looks: readonly [Tab, Omit<HomeLook, 'by'>][] = [
    ['overview', { overview: true }],
    ['clients', {}],
    ['people', people('all')],
    ['people', people('removed')],
    ['limits', limits('', 0)],
    ['limits', limits('', 1)],
    ['limits', limits('name', 0)],
    ...[0, 1, 2].map((page): [Tab, Omit<HomeLook, 'by'>] => ['changes', { changes: { page } }]),
  ];
  for (const [tab, look] of looks) {
    const view = await app.showHome({ by, ...look });
    const draw = (pages: Partial<typeof PAGES>) =>
      home(view, { notices: [], pages: { ...PAGES, tab, ...pages }, pictures: true });
    const opened = tab === 'clients' ? (view.setup?.clients ?? []) : [];
    const drawn = [draw({}), ...opened.map(({ clientId }) => draw({ open: { clientId, page: 0 } }))];
    // A client’s balance is shown to those who are in its channel; a request, to those who decide about it.
    const isOverview = tab === 'overview';
    const requests = [...world.book.now().requests.values()].filter(({ end }) => end === null);
    const jobs = view.latest.map(({ job }) => job);
    const occasion = isOverview ? { jobs, channelIds: [...CHANNELS, UNBOUND], requests } : { jobs };
    const lists = { limits: view.limits, people: view.people, setup: view.setup };
    // A month’s chart adds up days, and its forecast is a figure of no account.
    const sums = isOverview && view.overview !== null;
    yield { what: `Home ${tab} ${JSON.stringify(look)}`, view, drawn, occasion, sums };
    yield { what: 'the people in Home', view: lists, drawn: [], listsPeople: true };
  }
  const { setup } = await app.showHome({ by });
  if (!setup) return;
  for (const channelId of [...CHANNELS, UNBOUND, CLIENTLESS]) {
    const decided = await app.showDecision({ by, channelId });
    const refusal = { reason: 'channel_decided', channelId, clientId: null } as const;
    const to = { readerId: by, audience: 'internal', clientName: null, helpers: [], decided } as const;
    yield { what: `who decided about ${channelId}`, view: decided, drawn: [refusalMessage(refusal, to)] };
  }
  const { clients } = world.book.now();
  const forms = [
    ...CLIENTS.flatMap((clientId) => [
      createProjectModal(setup, clientId, PAGES),
      clientModal({ setup, clientId, pages: PAGES }),
    ]),
    ...PROJECTS.map((projectId) => projectModal(setup, projectId, PAGES)),
    ...[...CHANNELS, UNBOUND, CLIENTLESS, null].map((channelId) =>
      bindChannelModal({ setup, channelId, pages: PAGES }),
    ),
    limitsPersonModal({ setup, pages: PAGES }),
    createClientModal({ maySetLimits: setup.maySetLimits }),
    inviteModal({
      mayGiveAll: setup.maySetRoles,
      allTeams: setup.teams.map(({ teamId: id, name }) => ({ id, name })),
      pages: PAGES,
    }),
    awayModal({ pages: PAGES, timeZone: 'Europe/London' }),
  ];
  yield { what: `forms of ${clients.size} clients`, view: null, drawn: forms };
}

async function* peopleOf({ app, world }: Organisation, by: string): AsyncGenerator<Sight> {
  for (const find of ['', ...TEAMS.map(nameOf), 'cara']) {
    const view = await app.showPeople({ by, find, filter: 'all', page: 0 });
    if (view) yield { what: `people ${find}`, view: { ...view, look: null }, drawn: [], listsPeople: true };
    if (view && find === '') yield { what: 'people, typed', view: null, drawn: [peopleMessage(view)] };
  }
  for (const named of ['', ...TEAMS.map(nameOf)]) {
    const view = await app.showTeams({ by, named });
    if (view) yield { what: `team ${named}`, view, drawn: view.isUnknown ? [] : [teamsMessage(view, named)] };
  }
  for (const teamId of TEAMS) {
    const team = await app.showTeam({ by, teamId });
    if (!team) continue;
    const drawn = [teamModal({ team, pages: PAGES }), deleteTeamModal(team, PAGES)];
    yield { what: `the form of the team ${teamId}`, view: team, drawn, listsPeople: true };
  }
  for (const memberId of world.book.now().members.keys()) {
    const person = await app.showPerson({ by, memberId });
    if (!person) continue;
    const drawn = [personModal(person, PAGES), removePersonModal(person, PAGES), bringBackModal(memberId, PAGES)];
    const { may: _, ...view } = person;
    yield { what: `the person ${memberId}`, view, drawn, listsPeople: true };
  }
}

/** Of everything, with every name that somebody may type, split by what has names. */
async function* reportsOf({ app, world }: Organisation, by: string): AsyncGenerator<Sight> {
  const state = world.book.now();
  const names = ['', ...[...CLIENTS, ...TEAMS, ...PROJECTS].map(nameOf)];
  const asked = [
    ...names.map((named) => ({ named: `${named} this year`, memberId: null })),
    ...[...state.members.keys()].map((memberId) => ({ named: 'this year', memberId })),
  ];
  for (const [index, { named, memberId }] of asked.entries()) {
    const dimension = (['client', 'project', 'team', 'member', 'day'] as const)[index % 5] ?? null;
    const answer = await app.showReport({ by, channelId: null, kind: null, named, memberId, dimension });
    const what = `the report of ${named}, ${memberId}, by ${dimension}`;
    const typed = named.split(' ')[0] ?? '';
    if (answer.ok) yield { what, view: answer.view, drawn: [reportMessage(answer.view)], sums: true };
    else yield { what, view: answer, drawn: [notAnswered(answer)], occasion: { typed } };
  }
}

/** Of a channel that a form names, and typed in those that one is in. */
async function* placesOf(org: Organisation, by: string): AsyncGenerator<Sight> {
  const { app, isIn } = org;
  for (const channelId of [null, ...CHANNELS, UNBOUND, CLIENTLESS]) {
    const occasion = { channelIds: channelId === null ? [] : [channelId] };
    const place = channelId === null ? null : { channelId, threadId: null };
    const chooser: Chooser = { by, channelId };
    const menu = app.offerImages(chooser);
    // Only read to tell an option from prose: nothing of it is shown.
    if (channelId !== null) app.isProject({ channelId, typed: nameOf('pjid1') });
    if (channelId !== null) app.mayChooseClient({ by, channelId });
    const offered = offeredFor(menu, { prompt: '', options: {}, imagesCount: 1, stage: null, project: null });
    for (const from of ['form', 'channel'] as const) {
      if (from === 'channel' && (channelId === null || !isIn(channelId, by))) continue;
      const credits = await app.showCredits({ by, place, from });
      const help = creditsHelpMore({ helperIds: credits.helperIds });
      const drawn = [creditsMessage(credits), help];
      yield {
        what: `/credits in ${channelId}, from a ${from}`,
        view: credits,
        drawn,
        occasion: { ...occasion, spentBy: by },
        channelId,
        isPrivate: true,
      };
      if (from === 'channel') yield* namedCredits(org, { by, channelId, occasion });
      for (const typed of [null, 'somename', ...PROJECTS.map(nameOf)]) {
        const projects = await app.showProjects({ by, place, typed, from });
        const hint = { channelId: null, threadTs: null, responseUrl: null };
        const look = { hint, chosenChannelId: channelId, models: menu.models, notices: [], credits, projects };
        const foreseen =
          offered && menu.foresee(offered.quote, { threadId: null, projectId: projects.chosenId, ...ONE });
        const forms = offered ? [imagineModal({ ...look, offered, foreseen })] : [];
        const about = typed === null ? occasion : { ...occasion, typed };
        const said = typed === null ? [projectsMessage(projects, 'channel')] : [];
        const what = `projects in ${channelId}, from a ${from}, ${typed}`;
        yield { what, view: projects, drawn: said, occasion: about, channelId, isPrivate: true };
        yield {
          what: `the form, ${what}`,
          view: null,
          drawn: forms,
          occasion: { ...about, formFor: channelId, spentBy: by },
          channelId,
          isPrivate: true,
        };
      }
    }
  }
}

const ONE = { imagesCount: 1, stage: 'concept' } as const;

const WANTED = [
  { window: 'month' as const, figures: { limitCredits: 7, over: 'refuse' as const, rollOverMaxCredits: null } },
];

async function* limitsOf({ app, world }: Organisation, by: string): AsyncGenerator<Sight> {
  for (const account of accountsOf(world.book.now())) {
    const shown = await app.showLimits({ by, account });
    if (shown.ok) {
      yield {
        what: `limits of ${account}`,
        view: shown.form,
        drawn: [false, true].map((isWhole) => limitsModal({ form: shown.form, pages: PAGES, isWhole })),
      };
    } else yield refusalSeen(`limits of ${account}`, shown.refusal, by);
    const rehearsed = await app.rehearseLimits({ by, account, wanted: WANTED });
    if (rehearsed.ok) {
      const hint = { pages: PAGES, account, shown: NOTHING_SET, wanted: WANTED };
      const drawn = [limitsRehearsedModal(rehearsed.rehearsed, hint)];
      yield { what: `rehearsal of ${account}`, view: rehearsed.rehearsed, drawn, sums: true, isAbout: 'another time' };
    } else yield refusalSeen(`rehearsal of ${account}`, rehearsed.refusal, by);
    const granted = await app.showGrant({ by, account });
    if (granted.ok)
      yield { what: `grant to ${account}`, view: granted.row, drawn: [grantModal({ row: granted.row, pages: PAGES })] };
    const asking = await app.showAskOwners({ by, account });
    if (asking.ok) {
      const drawn = [askOwnersModal({ form: asking, account, window: 'month', pages: PAGES })];
      yield { what: `asking for more of ${account}`, view: asking, drawn };
    }
    const moved = await app.showMove({ by, account });
    if (moved.ok) {
      yield { what: `move from ${account}`, view: moved.form, drawn: [moveModal({ form: moved.form, pages: PAGES })] };
    }
  }
  for (const scope of [...ROLES.map((role): RuleScope => `role:${role}`), ...accountsOf(world.book.now())]) {
    if (isAccount(scope) && !/^(?:client|member):[^@]+$/.test(scope)) continue;
    const rule = await app.showRule({ by, scope: scope as RuleScope });
    if (rule.ok)
      yield { what: `rule of ${scope}`, view: rule.form, drawn: [ruleModal({ form: rule.form, pages: PAGES })] };
  }
  const policy = await app.showPolicy({ by });
  if (policy.ok)
    yield { what: 'the policy', view: policy.form, drawn: [policyModal({ policy: policy.form, pages: PAGES })] };
  const digest = await app.showDigestPolicy({ by });
  if (digest.ok)
    yield { what: 'the digest', view: digest.form, drawn: [digestModal({ digest: digest.form, pages: PAGES })] };
  const peerCheck = await app.showPeerCheck({ by });
  if (peerCheck.ok)
    yield {
      what: 'the peer check',
      view: peerCheck.form,
      drawn: [peerCheckModal({ form: peerCheck.form, pages: PAGES }), peerCheckOnModal(PAGES)],
    };
  const present = await app.showCalendarPrices({ by });
  if (!present.ok) return;
  const { form } = present;
  yield { what: 'calendar and prices', view: form, drawn: [calendarPricesModal({ form, pages: PAGES })] };
  const changes = [
    { name: 'timeZone', value: 'Asia/Tokyo' },
    { name: 'markupBasisPoints', value: 40_000 },
  ] as const;
  const preview = await app.previewCalendarPrices({ by, changes });
  if (!preview.ok) return;
  const hint = { pages: PAGES, shown: form, wanted: form };
  const drawn = [calendarPricesPreviewModal(preview.form, hint)];
  yield { what: 'a preview of calendar and prices', view: preview.form, drawn };
}

/** What they are told instead is the messenger's, where it is looked at with all else that was told. */
async function* requestsOf({ app, world, isIn }: Organisation, by: string): AsyncGenerator<Sight> {
  const { workspace } = world.book;
  for (const request of world.book.now().requests.values()) {
    const requester = { memberId: by, replyTo: null };
    for (const action of ['approve', 'deny'] as const) {
      const form = await app.openRequest({ requester, requestId: request.requestId, action });
      if (!form) continue;
      const opened = { form, readerId: by, channelId: null };
      const drawn = [approveUntilModal(opened), raiseLimitModal(opened), denyModal(opened)];
      yield { what: `to ${action} ${request.requestId}`, view: form, drawn, occasion: { requests: [request] } };
    }
    const move = await app.openMoveForRequest({ requester, requestId: request.requestId });
    if (move) {
      const drawn = [requestMoveModal({ move, readerId: by, channelId: null })];
      yield { what: `to move budget for ${request.requestId}`, view: move, drawn, occasion: { requests: [request] } };
    }
  }
  for (const memberId of PEOPLE) {
    for (const jobId of await world.records.jobs.latest({ workspace, memberId, jobsMax: 20 })) {
      for (const channelId of CHANNELS) {
        if (!isIn(channelId, by)) continue;
        const view = await app.openImage({ ...clicking(by, channelId), jobId });
        if (view) {
          const occasion = { jobs: [view.job], channelIds: [channelId] };
          const isAbout = 'another time';
          yield { what: `the image ${jobId}`, view, drawn: [imageMessage(view)], occasion, channelId, isAbout };
        }
      }
    }
  }
}

/** Whatever somebody might try, about everything that there is; and every door. */
async function* refusalsOf({ app, world, isIn }: Organisation, by: string): AsyncGenerator<Sight> {
  const { setup } = await app.showHome({ by });
  const state = world.book.now();
  for (const wish of wishesAbout(state, by)) {
    // Where somebody asks for an image, they are: Slack says so.
    if (wish.kind === 'hold' && !isIn(wish.channelId, by)) continue;
    const command = { commandId: 'tried', by, ...wish };
    const answered = handleCommand(state, command, { now: world.clock.now(), commandHash: 'tried' });
    if (answered.line?.kind !== 'refused') continue;
    const { refusal } = answered.line;
    const { message } = refusedNotice(setup, by, refusal) as { message: unknown };
    // Whoever types a name that is taken has said it themselves.
    if (refusal.reason === 'name_taken') continue;
    const request = 'requestId' in wish ? state.requests.get(wish.requestId) : undefined;
    const ofHold = wish.kind === 'hold' ? { channelIds: [wish.channelId], spentBy: by } : {};
    const occasion = { ...ofHold, requests: request ? [request] : [] };
    yield { what: `${wish.kind}: ${refusal.reason}`, view: null, drawn: [message], occasion };
  }
  for (const right of new Set(Object.values(REQUIRED_RIGHTS))) {
    for (const refusal of [app.refusedAtDoor({ by, right }), await app.refusedAtDoorAfterReading({ by, right })]) {
      if (refusal) yield refusalSeen(`the door of ${right}`, refusal, by);
    }
  }
}

function refusalSeen(what: string, refusal: Refusal, by: string): Sight {
  const said = refusalMessage(refusal, { readerId: by, audience: 'shared', clientName: null, helpers: [] });
  return { what: `${what}, refused`, view: null, drawn: [refusedForm(refusal, by), said] };
}
