import type { App } from '../../app/app.ts';
import type { Requester } from '../../app/messenger.ts';

type Verb = keyof App;
type Input<Of extends Verb> = Parameters<App[Of]>[0];
/** The field of an input that names who acts. */
type ActorField<Of> = Of extends { by: string } ? 'by' : Of extends { reader: Requester } ? 'reader' : never;

/** Who acts by each verb. None is looked up where the product acts, and where the verb answers before an ack. */
const ACTOR_FIELDS: { readonly [Of in Verb]: ActorField<Input<Of>> | 'nobody' } = {
  refusedAtDoor: 'nobody',
  refusedAtDoorAfterReading: 'nobody',
  syncMember: 'nobody',

  requestImage: 'reader',
  offerImages: 'nobody',
  quote: 'nobody',
  repeatImage: 'reader',
  openImage: 'reader',
  deleteImage: 'reader',
  claimClick: 'nobody',
  releaseClick: 'nobody',

  showCredits: 'by',
  showHome: 'by',

  createClient: 'by',
  renameClient: 'by',
  setClientClosed: 'by',
  createProject: 'by',
  changeProject: 'by',
  setProjectClosed: 'by',
  showProjects: 'by',
  bindProject: 'by',
  bindChannel: 'by',
  changeChannelId: 'nobody',
  forgetChannel: 'nobody',

  approveRequest: 'reader',
  denyRequest: 'reader',
  withdrawRequest: 'reader',
  coachRequester: 'reader',
  openRequest: 'reader',
  openMoveForRequest: 'reader',
  moveForRequest: 'reader',
  setDelegate: 'by',

  showPeople: 'by',
  showPerson: 'by',
  showTeams: 'by',
  invitePerson: 'by',
  setRole: 'by',
  setTeams: 'by',
  setManages: 'by',
  setSuspended: 'by',
  removePerson: 'by',
  removeDeactivated: 'nobody',
  bringBackPerson: 'by',
  createTeam: 'by',
  renameTeam: 'by',

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
  showCalendarPrices: 'by',
  previewCalendarPrices: 'by',

  saveChanges: 'by',
  undoChange: 'by',

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
    if (field === 'nobody') return [verb, (input: unknown) => verbs[verb](input)];
    const call = async (input: unknown) => {
      await app.syncMember({ by: actorOf(input as Acted, field) });
      return await verbs[verb](input);
    };
    return [verb, call];
  });
  return Object.fromEntries(synced);
}

type Acted = { by: string; reader: Requester };

const actorOf = ({ by, reader }: Acted, field: 'by' | 'reader'): string => (field === 'by' ? by : reader.memberId);
