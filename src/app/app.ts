import type { Wish as ImageWish } from '../images/rate-card.ts';
import type { LimitName } from '../ledger/commands/commands.ts';
import type { Refusal } from '../ledger/refusals.ts';
import type { Action } from '../ledger/rights/rights.ts';
import type { Role } from '../ledger/state.ts';
import {
  type ApproveChoice,
  approveRequest,
  type Decision,
  denyRequest,
  withdrawRequest,
} from './approvals/answer-request.ts';
import type { RequestForm } from './approvals/cards.ts';
import { coachRequester } from './approvals/coach.ts';
import { setDelegate } from './approvals/delegate.ts';
import { moveForRequest, openMoveForRequest, type RequestMove } from './approvals/move-for-request.ts';
import { type OpenedFor, openRequest } from './approvals/open-request.ts';
import { bindChannel, type ChannelDecision } from './clients/bind-channel.ts';
import { bindProject, type ProjectBinding, type ProjectBound } from './clients/bind-project.ts';
import { changeChannelId, forgetChannel } from './clients/channel-changes.ts';
import { createClient, renameClient, setClientClosed } from './clients/clients.ts';
import { changeProject, createProject, type ProjectSaid, setProjectClosed } from './clients/projects.ts';
import { type ProjectsLook, type ProjectsView, showProjects } from './clients/show-projects.ts';
import { correctClock } from './clock/correct-clock.ts';
import type { World } from './context.ts';
import { type CreditsLook, showCredits } from './home/show-credits.ts';
import { type HomeLook, showHome } from './home/show-home.ts';
import { type Chooser, type Menu, offerImages, type Quote } from './images/available-models.ts';
import { deleteImage } from './images/delete-image.ts';
import { openImage } from './images/open-image.ts';
import { type Again, repeatImage } from './images/repeat-image.ts';
import { requestImage } from './images/request-image.ts';
import type { Change, Changed, ImageInput } from './inputs.ts';
import { type LimitsApp, limitsApp } from './limits/limits-app.ts';
import type { MoveInput } from './limits/move-budget.ts';
import { type LimitChange, setLimit, setRole } from './limits/set-limit.ts';
import type { CreditsView, HomeView, JobView, Reader } from './messenger.ts';
import { type Click, claimClick, releaseClick } from './once/claim-click.ts';
import { bringBackPerson } from './people/bring-back.ts';
import { refusedAtDoor, refusedAtDoorAfterReading } from './people/check-access.ts';
import { invitePerson } from './people/invite.ts';
import type { PeopleLook, PeopleView, PersonView } from './people/people-view.ts';
import { removeDeactivated, removePerson } from './people/remove.ts';
import { type Manages, setManages } from './people/set-manages.ts';
import { setTeams } from './people/set-teams.ts';
import { showPeople } from './people/show-people.ts';
import { showPerson } from './people/show-person.ts';
import { showTeams, type TeamsView } from './people/show-team.ts';
import { setSuspended } from './people/suspend.ts';
import { createTeam, renameTeam } from './people/teams.ts';
import { type Resumed, resumeSpending } from './self-check/resume-spending.ts';

/** Every verb there is. Each may throw a fault, which the caller's one error handler turns into a reference. */
export type App = LimitsApp & {
  /** Why somebody gets no further than a way in from Slack; null for whoever does. At once, from memory. */
  refusedAtDoor(at: { by: string; right: Action }): Refusal | null;
  refusedAtDoorAfterReading(at: { by: string; right: Action }): Promise<Refusal | null>;
  /** Prices a request, holds, makes, posts; the person hears of every end by itself. */
  requestImage(input: ImageInput): Promise<void>;
  /** What may be chosen, and the price of a choice. Answers at once, from memory. */
  offerImages(chooser?: Chooser): Menu;
  quote(choice: { wish: ImageWish; imagesCount: number; prompt: string }): Quote;
  /** The very request of an earlier job, once more. */
  repeatImage(again: Again): Promise<void>;
  /** The delivery that a click counts as: its own, or that of the same click a moment earlier. */
  claimClick(click: Click): Promise<string>;
  /** It came to nothing, and counts no more. */
  releaseClick(click: Click): Promise<void>;
  /** An earlier request, to be changed. Null where it is gone; the reader has been told why. */
  openImage(look: { reader: Reader; jobId: string }): Promise<JobView | null>;
  deleteImage(wish: { reader: Reader; jobId: string }): Promise<void>;
  showCredits(look: CreditsLook): Promise<CreditsView>;
  showHome(look: HomeLook): Promise<HomeView>;
  createClient(change: Change<{ name: string }>): Promise<Changed & { clientId?: string }>;
  renameClient(change: Change<{ clientId: string; name: string }>): Promise<Changed>;
  setClientClosed(change: Change<{ clientId: string; isClosed: boolean }>): Promise<Changed>;
  createProject(change: Change<{ clientId: string } & ProjectSaid>): Promise<Changed & { projectId?: string }>;
  changeProject(change: Change<{ projectId: string } & ProjectSaid>): Promise<Changed>;
  setProjectClosed(change: Change<{ projectId: string; isClosed: boolean }>): Promise<Changed>;
  /** The projects of a channel's client, and which of them images asked for there count for. */
  showProjects(look: ProjectsLook): Promise<ProjectsView>;
  bindProject(change: Change<ProjectBinding>): Promise<ProjectBound>;
  /** Also answers the card that asks for a channel's client, wherever it was posted. */
  bindChannel(change: Change<{ channelId: string; decision: ChannelDecision; ifUnbound: boolean }>): Promise<Changed>;
  /** Slack gave a channel another id, or deleted it. */
  changeChannelId(change: { channelId: string; toChannelId: string }): Promise<void>;
  forgetChannel(gone: { channelId: string }): Promise<void>;
  setLimit(change: Change<LimitChange>): Promise<Changed>;
  setRole(change: Change<{ memberId: string; role: Role }>): Promise<Changed>;
  /** Requests that need an approval. Whatever comes of a decision is told, and drawn into every card, by itself. */
  approveRequest(decision: Decision<{ how: ApproveChoice; seen: readonly LimitName[] }>): Promise<void>;
  denyRequest(decision: Decision<{ reason: string }>): Promise<void>;
  withdrawRequest(decision: Decision): Promise<void>;
  coachRequester(decision: Decision): Promise<void>;
  /** After a stop: checks the books again, and goes on if they are right. */
  resumeSpending(change: Change<{ stopId: string }>): Promise<Resumed>;
  /** The ledger is dated ahead, and this machine's time is right. */
  correctClock(change: Change<{ wrongAt: number }>): Promise<Changed>;
  /** What a form about it starts from. Null where there is nothing to decide for the reader; they have been told why. */
  openRequest(look: { reader: Reader; requestId: string; action: OpenedFor }): Promise<RequestForm | null>;
  /** Budget from elsewhere for the limit that is in its way; the request itself still waits for a decision. */
  openMoveForRequest(look: { reader: Reader; requestId: string }): Promise<RequestMove | null>;
  moveForRequest(decision: Decision<MoveInput>): Promise<Changed['ok']>;
  setDelegate(change: Change<{ away: { toId: string; untilDate: string } | null }>): Promise<Changed>;
  /** People. Null where the reader may see none, or not this one. */
  showPeople(look: PeopleLook & { by: string }): Promise<PeopleView | null>;
  showPerson(look: Parameters<typeof showPerson>[1]): Promise<PersonView | null>;
  showTeams(look: { by: string; named: string }): Promise<TeamsView | null>;
  /** `known`: they were there before, and stay what they were. */
  invitePerson(
    change: Change<{ memberId: string; role: Role; teamIds: readonly string[] }>,
  ): Promise<Changed & { known?: boolean }>;
  setTeams(change: Change<{ memberId: string; teamIds: readonly string[] }>): Promise<Changed>;
  setManages(change: Change<{ memberId: string; manages: Manages }>): Promise<Changed>;
  setSuspended(change: Change<{ memberId: string; isSuspended: boolean }>): Promise<Changed>;
  /** With all that follows: what was not begun is given back, and owners get a receipt. */
  removePerson(change: Change<{ memberId: string; reason: string }>): Promise<Changed>;
  removeDeactivated(gone: { memberId: string }): Promise<void>;
  bringBackPerson(change: Change<{ memberId: string; role: Role }>): Promise<Changed>;
  createTeam(change: Change<{ name: string }>): Promise<Changed & { teamId?: string }>;
  renameTeam(change: Change<{ teamId: string; name: string }>): Promise<Changed>;
};

export function createApp(world: World): App {
  return {
    ...limitsApp(world),
    refusedAtDoor: (at) => refusedAtDoor(world, at),
    refusedAtDoorAfterReading: (at) => refusedAtDoorAfterReading(world, at),
    requestImage: (input) => requestImage(world, input),
    offerImages: (chooser) => offerImages(world, chooser),
    quote: (choice) => offerImages(world).quote(choice),
    claimClick: (click) => claimClick(world, click),
    releaseClick: (click) => releaseClick(world, click),
    repeatImage: (again) => repeatImage(world, again),
    openImage: (look) => openImage(world, look),
    deleteImage: (wish) => deleteImage(world, wish),
    showCredits: (look) => showCredits(world, look),
    showHome: (look) => showHome(world, look),
    createClient: (change) => createClient(world, change),
    renameClient: (change) => renameClient(world, change),
    setClientClosed: (change) => setClientClosed(world, change),
    createProject: (change) => createProject(world, change),
    changeProject: (change) => changeProject(world, change),
    setProjectClosed: (change) => setProjectClosed(world, change),
    showProjects: (look) => showProjects(world, look),
    bindProject: (change) => bindProject(world, change),
    bindChannel: (change) => bindChannel(world, change),
    changeChannelId: (change) => changeChannelId(world, change),
    forgetChannel: (gone) => forgetChannel(world, gone),
    setLimit: (change) => setLimit(world, change),
    setRole: (change) => setRole(world, change),
    approveRequest: (decision) => approveRequest(world, decision),
    denyRequest: (decision) => denyRequest(world, decision),
    withdrawRequest: (decision) => withdrawRequest(world, decision),
    coachRequester: (decision) => coachRequester(world, decision),
    resumeSpending: (change) => resumeSpending(world, change),
    correctClock: (change) => correctClock(world, change),
    openRequest: (look) => openRequest(world, look),
    openMoveForRequest: (look) => openMoveForRequest(world, look),
    moveForRequest: (decision) => moveForRequest(world, decision),
    setDelegate: (change) => setDelegate(world, change),
    showPeople: (look) => showPeople(world, look),
    showPerson: (look) => showPerson(world, look),
    showTeams: (look) => showTeams(world, look),
    invitePerson: (change) => invitePerson(world, change),
    setTeams: (change) => setTeams(world, change),
    setManages: (change) => setManages(world, change),
    setSuspended: (change) => setSuspended(world, change),
    removePerson: (change) => removePerson(world, change),
    removeDeactivated: (gone) => removeDeactivated(world, gone),
    bringBackPerson: (change) => bringBackPerson(world, change),
    createTeam: (change) => createTeam(world, change),
    renameTeam: (change) => renameTeam(world, change),
  };
}
