import type { App } from '../../src/app/app.ts';
import { priceCredits, upperBoundMicroUsd } from '../../src/images/price.ts';
import { offer, offeredModels, rateCardAt } from '../../src/images/rate-card.ts';
import { MONDAY } from '../support/clock.ts';

const NO_PROJECTS = {
  audience: 'internal' as const,
  formFace: 'internal' as const,
  client: null,
  bound: null,
  projects: [],
  chosenId: null,
  problem: null,
  mayBind: false,
  makes: false,
};

type Verb = keyof App;
const acme = { account: 'client:acme', kind: 'client', name: 'Acme', memberId: null } as const;

export type Call = { verb: Verb; given: unknown };
export type FakeApp = App & {
  calls: Call[];
  of(verb: Verb): unknown[];
  answerNext(verb: Verb, answer: () => unknown): void;
};

/** The use cases on paper: what listeners ask of them is kept, and what they answer can be set for the next call. */
export function createFakeApp(): FakeApp {
  const calls: Call[] = [];
  const answers = new Map<Verb, (() => unknown)[]>();
  const card = rateCardAt(MONDAY);
  const models = offeredModels(card, new Set(['sketch', 'openai']), MONDAY);
  const menu: ReturnType<App['offerImages']> = {
    models,
    imagesMax: 10,
    quote({ options, imagesCount, prompt }) {
      const offered = offer({ models }, options);
      if (!offered.ok) return offered;
      const { size, quality } = offered.choice;
      const boundMicroUsd = upperBoundMicroUsd({ models }, { ...offered.choice, promptBytes: prompt.length });
      const eachCredits = priceCredits(boundMicroUsd, { creditValueMicroUsd: 10_000, markupBasisPoints: 10_000 });
      const { rateCardId } = card;
      const pricing = { creditValueMicroUsd: 10_000, markupBasisPoints: 10_000 };
      return {
        ok: true,
        model: offered.model,
        size,
        quality,
        rateCardId,
        pricing,
        boundMicroUsd,
        eachCredits,
        totalCredits: eachCredits * imagesCount,
      };
    },
    foresee: () => null,
  };
  const part = { account: 'agency' as const, standings: [], usedThisMonthCredits: 0, heldCredits: 0 };
  const credits = {
    audience: 'internal' as const,
    memberId: 'U0ANA',
    role: 'creator',
    own: part,
    client: null,
    project: null,
    ownInClient: null,
    teams: [],
    agency: null,
    clients: [],
    channelId: null,
    boundToNone: false,
    helperIds: [],
  };
  const setup = {
    maySetLimits: true,
    maySetRoles: true,
    mayCloseClients: true,
    clients: [],
    channelsOfNone: [],
    members: [],
    membersCount: 0,
    teams: [],
    deletedTeams: [],
    agency: { limits: [] },
    slippedCredits: 0,
    ownerIds: ['U0OLIVIA'],
  };

  const notOpen = { ok: false as const, refusal: { reason: 'not_open' as const } };

  const notOpenToUndo = { kind: 'refused' as const, refusal: notOpen.refusal };

  const verb =
    <Given, Answer>(name: Verb, usual: Answer) =>
    async (given: Given): Promise<Answer> => {
      calls.push({ verb: name, given });
      const planned = answers.get(name)?.shift();
      return (planned ? await planned() : usual) as Answer;
    };
  return {
    calls,
    of: (name) => calls.filter((call) => call.verb === name).map(({ given }) => given),
    answerNext: (name, answer) => void answers.set(name, [...(answers.get(name) ?? []), answer]),
    refusedAtDoor: () => null,
    refusedAtDoorAfterReading: async () => null,
    syncMember: async () => null,
    offerImages: () => menu,
    isProject: () => false,
    quote: (choice) => menu.quote(choice),
    requestImage: verb('requestImage', { isBegun: true, isDeclined: false, isKept: false }),
    claimClick: (click) => verb('claimClick', click.deliveryId)(click),
    releaseClick: verb('releaseClick', undefined),
    refusedAhead: verb('refusedAhead', null),
    repeatImage: verb('repeatImage', true),
    openImage: verb('openImage', null),
    makeInstead: verb('makeInstead', true),
    openRefused: verb('openRefused', null),
    askForHelp: verb('askForHelp', undefined),
    askForRole: verb('askForRole', undefined),
    declineRole: verb('declineRole', undefined),
    cancelImages: verb('cancelImages', undefined),
    deleteImage: verb('deleteImage', undefined),
    markByReaction: verb('markByReaction', undefined),
    markImage: verb('markImage', undefined),
    setStage: verb('setStage', undefined),
    findCredits: verb('findCredits', { kind: 'unknown', typed: '', names: [] }),
    showCredits: verb('showCredits', credits),
    showReport: verb('showReport', { ok: false, problem: 'not_yours', helperIds: [] }),
    showHome: verb('showHome', {
      memberId: 'U0ANA',
      credits,
      own: { access: 'makes', ownerIds: [], clients: [], requests: [], tips: [] },
      overview: null,
      toDecide: null,
      latest: [],
      setup,
      stop: null,
      clock: null,
      approvals: null,
      people: null,
      changes: null,
      limits: null,
    }),
    showLimits: verb('showLimits', notOpen),
    rehearseLimits: verb('rehearseLimits', notOpen),
    saveLimits: verb('saveLimits', {
      label: { account: 'agency' as const, kind: 'agency' as const, name: null, memberId: null },
      saved: [],
      refusals: [],
    }),
    showGrant: verb('showGrant', notOpen),
    grantCredits: verb('grantCredits', { ok: true }),
    showMove: verb('showMove', notOpen),
    moveBudget: verb('moveBudget', { ok: true, from: acme, to: acme }),
    showRule: verb('showRule', notOpen),
    setRule: verb('setRule', { ok: true }),
    showPolicy: verb('showPolicy', notOpen),
    setPolicy: verb('setPolicy', { saved: [], refusals: [] }),
    showDigestPolicy: verb('showDigestPolicy', notOpen),
    showPeerCheck: verb('showPeerCheck', notOpen),
    sayDifferent: verb('sayDifferent', 'said' as const),
    capQuality: verb('capQuality', { ...notOpen, untilAt: null }),
    showAskOwners: verb('showAskOwners', notOpen),
    askOwners: verb('askOwners', notOpen),
    previewDigest: verb('previewDigest', { kind: 'sent', sentCount: 1, failedCount: 0 }),
    sendDigestNow: verb('sendDigestNow', { kind: 'sent', sentCount: 1, failedCount: 0 }),
    previewClientDigest: verb('previewClientDigest', { kind: 'sent' }),
    showCalendarPrices: verb('showCalendarPrices', notOpen),
    previewCalendarPrices: verb('previewCalendarPrices', notOpen),
    setUpClient: verb('setUpClient', { saved: [], refusals: [] }),
    setUpProject: verb('setUpProject', { saved: [], refusals: [] }),
    mayChooseClient: () => false,
    showDecision: verb('showDecision', null),
    runWaiting: verb('runWaiting', undefined),
    createClient: verb('createClient', { ok: true, clientId: 'c-1' }),
    renameClient: verb('renameClient', { ok: true }),
    setClientClosed: verb('setClientClosed', { ok: true }),
    createProject: verb('createProject', { ok: true, projectId: 'p-1' }),
    changeProject: verb('changeProject', { ok: true }),
    setProjectClosed: verb('setProjectClosed', { ok: true }),
    showProjects: verb('showProjects', NO_PROJECTS),
    bindProject: verb('bindProject', { ok: true, projectName: null }),
    bindChannel: verb('bindChannel', { ok: true }),
    saveChanges: verb('saveChanges', { saved: [], refusals: [] }),
    undoChange: verb('undoChange', notOpenToUndo),
    setLimit: verb('setLimit', { ok: true }),
    setRole: verb('setRole', { ok: true }),
    expectUse: verb('expectUse', { ...notOpen, untilAt: 0 }),
    muteAlerts: verb('muteAlerts', { ...notOpen, untilAt: null }),
    resumeSpending: verb('resumeSpending', { kind: 'resumed', linesCount: 1 }),
    approveRequest: verb('approveRequest', undefined),
    denyRequest: verb('denyRequest', undefined),
    withdrawRequest: verb('withdrawRequest', undefined),
    coachRequester: verb('coachRequester', undefined),
    openRequest: verb('openRequest', null),
    openMoveForRequest: verb('openMoveForRequest', null),
    moveForRequest: verb('moveForRequest', true),
    setDelegate: verb('setDelegate', { ok: true }),
    showPeople: verb('showPeople', null),
    showPerson: verb('showPerson', null),
    showTeams: verb('showTeams', null),
    showTeam: verb('showTeam', null),
    invitePerson: verb('invitePerson', { ok: true }),
    setTeams: verb('setTeams', { ok: true }),
    setManages: verb('setManages', { ok: true }),
    setSuspended: verb('setSuspended', { ok: true }),
    removePerson: verb('removePerson', { ok: true }),
    removeDeactivated: verb('removeDeactivated', undefined),
    changeChannelId: verb('changeChannelId', undefined),
    forgetChannel: verb('forgetChannel', undefined),
    checkGreeting: verb('checkGreeting', undefined),
    greetChannel: verb('greetChannel', undefined),
    bringBackPerson: verb('bringBackPerson', { ok: true }),
    createTeam: verb('createTeam', { isDone: true, cannotJoin: [], saved: [], refusals: [] }),
    changeTeam: verb('changeTeam', { isDone: true, cannotJoin: [], saved: [], refusals: [] }),
    correctClock: verb('correctClock', { ok: true }),
  };
}
