import type { App } from '../../app/app.ts';
import type { Requester } from '../../app/requester.ts';

type Verb = keyof App;
type Input<Of extends Verb> = Parameters<App[Of]>[0];
/** The field of an input that names who acts. */
type ActorField<Of> = Of extends { by: string } ? 'by' : Of extends { requester: Requester } ? 'requester' : never;

/** Names the field with who acts. `none`: the product acts, or the verb answers at once, before an ack. */
const ACTOR_FIELDS: { readonly [Of in Verb]: ActorField<Input<Of>> | 'none' } = {
  refusedAtDoor: 'none',
  refusedAtDoorAfterReading: 'none',
  syncMember: 'none',

  requestImage: 'requester',
  offerImages: 'none',
  isProject: 'none',
  quote: 'none',
  refusedAhead: 'requester',
  repeatImage: 'requester',
  openImage: 'requester',
  makeInstead: 'requester',
  openRefused: 'requester',
  askForHelp: 'requester',
  cancelImages: 'requester',
  deleteImage: 'requester',
  markImage: 'requester',
  // Most reactions are about no image: no person is looked up for them.
  markByReaction: 'none',
  setStage: 'requester',
  claimClick: 'none',
  releaseClick: 'none',

  showCredits: 'by',
  findCredits: 'by',
  showReport: 'by',
  showHome: 'by',

  setUpClient: 'by',
  setUpProject: 'by',
  mayChooseClient: 'none',
  showDecision: 'none',
  runWaiting: 'none',
  createClient: 'by',
  renameClient: 'by',
  setClientClosed: 'by',
  createProject: 'by',
  changeProject: 'by',
  setProjectClosed: 'by',
  showProjects: 'by',
  bindProject: 'by',
  bindChannel: 'by',
  changeChannelId: 'none',
  forgetChannel: 'none',
  checkGreeting: 'none',
  greetChannel: 'none',

  approveRequest: 'requester',
  denyRequest: 'requester',
  withdrawRequest: 'requester',
  coachRequester: 'requester',
  openRequest: 'requester',
  openMoveForRequest: 'requester',
  moveForRequest: 'requester',
  setDelegate: 'by',

  showPeople: 'by',
  showPerson: 'by',
  showTeams: 'by',
  showTeam: 'by',
  invitePerson: 'by',
  setRole: 'by',
  askForRole: 'requester',
  declineRole: 'requester',
  setTeams: 'by',
  setManages: 'by',
  setSuspended: 'by',
  removePerson: 'by',
  removeDeactivated: 'none',
  bringBackPerson: 'by',
  createTeam: 'by',
  changeTeam: 'by',

  showLimits: 'by',
  rehearseLimits: 'by',
  setLimit: 'by',
  saveLimits: 'by',
  showGrant: 'by',
  grantCredits: 'by',
  showMove: 'by',
  moveBudget: 'by',
  showRule: 'by',
  setRule: 'by',
  showPolicy: 'by',
  setPolicy: 'by',
  showDigestPolicy: 'by',
  showPeerCheck: 'by',
  sayDifferent: 'by',
  previewDigest: 'by',
  sendDigestNow: 'by',
  previewClientDigest: 'by',
  showCalendarPrices: 'by',
  previewCalendarPrices: 'by',

  saveChanges: 'by',
  undoChange: 'by',

  muteAlerts: 'by',
  expectUse: 'by',
  capQuality: 'by',
  showAskOwners: 'by',
  askOwners: 'by',
  resumeSpending: 'by',
  correctClock: 'by',
};

/**
 * The same verbs; each that a person calls first syncs that person from Slack. Slack may take two seconds to answer, so
 * listeners ack first wherever they can.
 */
export function syncMembers(app: App): App {
  const verbs = app as Readonly<Record<Verb, (input: unknown) => unknown>>;
  const synced = (Object.keys(ACTOR_FIELDS) as Verb[]).map((verb) => {
    const field = ACTOR_FIELDS[verb];
    if (field === 'none') return [verb, (input: unknown) => verbs[verb](input)];
    const call = async (input: unknown) => {
      await app.syncMember({ by: actorOf(input as Acted, field) });
      return await verbs[verb](input);
    };
    return [verb, call];
  });
  return Object.fromEntries(synced);
}

type Acted = { by: string; requester: Requester };

const actorOf = ({ by, requester }: Acted, field: 'by' | 'requester'): string =>
  field === 'by' ? by : requester.memberId;
