import type { ImageOptions } from '../images/rate-card.ts';
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
import type { AppContext } from './context.ts';
import { type CreditsLook, showCredits } from './home/show-credits.ts';
import { type HomeLook, showHome } from './home/show-home.ts';
import { type AvailableModels, availableModels, type Chooser, type Quote } from './images/available-models.ts';
import { deleteImage } from './images/delete-image.ts';
import { openImage } from './images/open-image.ts';
import { type Again, repeatImage } from './images/repeat-image.ts';
import { requestImage } from './images/request-image.ts';
import type { ChangeInput, ChangeResult, ImageInput } from './inputs.ts';
import { type LimitsApp, limitsApp } from './limits/limits-app.ts';
import type { MoveInput } from './limits/move-budget.ts';
import { type LimitChange, setLimit, setRole } from './limits/set-limit.ts';
import type { CreditsView, HomeView, JobView, Requester } from './messenger.ts';
import { type Click, claimClick, releaseClick } from './once/claim-click.ts';
import { bringBackPerson } from './people/bring-back.ts';
import { checkAccess, checkAccessFresh } from './people/check-access.ts';
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
  offerImages(chooser?: Chooser): AvailableModels;
  quote(choice: { wish: ImageOptions; imagesCount: number; prompt: string }): Quote;
  /** The very request of an earlier job, once more. */
  repeatImage(again: Again): Promise<void>;
  /** The delivery that a click counts as: its own, or that of the same click a moment earlier. */
  claimClick(click: Click): Promise<string>;
  /** It came to nothing, and counts no more. */
  releaseClick(click: Click): Promise<void>;
  /** An earlier request, to be changed. Null where it is gone; the reader has been told why. */
  openImage(look: { reader: Requester; jobId: string }): Promise<JobView | null>;
  deleteImage(wish: { reader: Requester; jobId: string }): Promise<void>;
  showCredits(look: CreditsLook): Promise<CreditsView>;
  showHome(look: HomeLook): Promise<HomeView>;
  createClient(change: ChangeInput<{ name: string }>): Promise<ChangeResult & { clientId?: string }>;
  renameClient(change: ChangeInput<{ clientId: string; name: string }>): Promise<ChangeResult>;
  setClientClosed(change: ChangeInput<{ clientId: string; isClosed: boolean }>): Promise<ChangeResult>;
  createProject(
    change: ChangeInput<{ clientId: string } & ProjectSaid>,
  ): Promise<ChangeResult & { projectId?: string }>;
  changeProject(change: ChangeInput<{ projectId: string } & ProjectSaid>): Promise<ChangeResult>;
  setProjectClosed(change: ChangeInput<{ projectId: string; isClosed: boolean }>): Promise<ChangeResult>;
  /** The projects of a channel's client, and which of them images asked for there count for. */
  showProjects(look: ProjectsLook): Promise<ProjectsView>;
  bindProject(change: ChangeInput<ProjectBinding>): Promise<ProjectBound>;
  /** Also answers the card that asks for a channel's client, wherever it was posted. */
  bindChannel(
    change: ChangeInput<{ channelId: string; decision: ChannelDecision; ifUnbound: boolean }>,
  ): Promise<ChangeResult>;
  /** Slack gave a channel another id, or deleted it. */
  changeChannelId(change: { channelId: string; toChannelId: string }): Promise<void>;
  forgetChannel(gone: { channelId: string }): Promise<void>;
  setLimit(change: ChangeInput<LimitChange>): Promise<ChangeResult>;
  setRole(change: ChangeInput<{ memberId: string; role: Role }>): Promise<ChangeResult>;
  /** Requests that need an approval. Whatever comes of a decision is told, and drawn into every card, by itself. */
  approveRequest(decision: Decision<{ how: ApproveChoice; seen: readonly LimitName[] }>): Promise<void>;
  denyRequest(decision: Decision<{ reason: string }>): Promise<void>;
  withdrawRequest(decision: Decision): Promise<void>;
  coachRequester(decision: Decision): Promise<void>;
  /** After a stop: checks the books again, and goes on if they are right. */
  resumeSpending(change: ChangeInput<{ stopId: string }>): Promise<Resumed>;
  /** The ledger is dated ahead, and this machine's time is right. */
  correctClock(change: ChangeInput<{ wrongAt: number }>): Promise<ChangeResult>;
  /** What a form about it starts from. Null where there is nothing to decide for the reader; they have been told why. */
  openRequest(look: { reader: Requester; requestId: string; action: OpenedFor }): Promise<RequestForm | null>;
  /** Budget from elsewhere for the limit that is in its way; the request itself still waits for a decision. */
  openMoveForRequest(look: { reader: Requester; requestId: string }): Promise<RequestMove | null>;
  moveForRequest(decision: Decision<MoveInput>): Promise<ChangeResult['ok']>;
  setDelegate(change: ChangeInput<{ away: { toId: string; untilDate: string } | null }>): Promise<ChangeResult>;
  /** People. Null where the reader may see none, or not this one. */
  showPeople(look: PeopleLook & { by: string }): Promise<PeopleView | null>;
  showPerson(look: Parameters<typeof showPerson>[1]): Promise<PersonView | null>;
  showTeams(look: { by: string; named: string }): Promise<TeamsView | null>;
  /** `known`: they were there before, and stay what they were. */
  invitePerson(
    change: ChangeInput<{ memberId: string; role: Role; teamIds: readonly string[] }>,
  ): Promise<ChangeResult & { known?: boolean }>;
  setTeams(change: ChangeInput<{ memberId: string; teamIds: readonly string[] }>): Promise<ChangeResult>;
  setManages(change: ChangeInput<{ memberId: string; manages: Manages }>): Promise<ChangeResult>;
  setSuspended(change: ChangeInput<{ memberId: string; isSuspended: boolean }>): Promise<ChangeResult>;
  /** With all that follows: what was not begun is given back, and owners get a receipt. */
  removePerson(change: ChangeInput<{ memberId: string; reason: string }>): Promise<ChangeResult>;
  removeDeactivated(gone: { memberId: string }): Promise<void>;
  bringBackPerson(change: ChangeInput<{ memberId: string; role: Role }>): Promise<ChangeResult>;
  createTeam(change: ChangeInput<{ name: string }>): Promise<ChangeResult & { teamId?: string }>;
  renameTeam(change: ChangeInput<{ teamId: string; name: string }>): Promise<ChangeResult>;
};

export function createApp(context: AppContext): App {
  return {
    ...limitsApp(context),
    refusedAtDoor: (at) => checkAccess(context, at),
    refusedAtDoorAfterReading: (at) => checkAccessFresh(context, at),
    requestImage: (input) => requestImage(context, input),
    offerImages: (chooser) => availableModels(context, chooser),
    quote: (choice) => availableModels(context).quote(choice),
    claimClick: (click) => claimClick(context, click),
    releaseClick: (click) => releaseClick(context, click),
    repeatImage: (again) => repeatImage(context, again),
    openImage: (look) => openImage(context, look),
    deleteImage: (wish) => deleteImage(context, wish),
    showCredits: (look) => showCredits(context, look),
    showHome: (look) => showHome(context, look),
    createClient: (change) => createClient(context, change),
    renameClient: (change) => renameClient(context, change),
    setClientClosed: (change) => setClientClosed(context, change),
    createProject: (change) => createProject(context, change),
    changeProject: (change) => changeProject(context, change),
    setProjectClosed: (change) => setProjectClosed(context, change),
    showProjects: (look) => showProjects(context, look),
    bindProject: (change) => bindProject(context, change),
    bindChannel: (change) => bindChannel(context, change),
    changeChannelId: (change) => changeChannelId(context, change),
    forgetChannel: (gone) => forgetChannel(context, gone),
    setLimit: (change) => setLimit(context, change),
    setRole: (change) => setRole(context, change),
    approveRequest: (decision) => approveRequest(context, decision),
    denyRequest: (decision) => denyRequest(context, decision),
    withdrawRequest: (decision) => withdrawRequest(context, decision),
    coachRequester: (decision) => coachRequester(context, decision),
    resumeSpending: (change) => resumeSpending(context, change),
    correctClock: (change) => correctClock(context, change),
    openRequest: (look) => openRequest(context, look),
    openMoveForRequest: (look) => openMoveForRequest(context, look),
    moveForRequest: (decision) => moveForRequest(context, decision),
    setDelegate: (change) => setDelegate(context, change),
    showPeople: (look) => showPeople(context, look),
    showPerson: (look) => showPerson(context, look),
    showTeams: (look) => showTeams(context, look),
    invitePerson: (change) => invitePerson(context, change),
    setTeams: (change) => setTeams(context, change),
    setManages: (change) => setManages(context, change),
    setSuspended: (change) => setSuspended(context, change),
    removePerson: (change) => removePerson(context, change),
    removeDeactivated: (gone) => removeDeactivated(context, gone),
    bringBackPerson: (change) => bringBackPerson(context, change),
    createTeam: (change) => createTeam(context, change),
    renameTeam: (change) => renameTeam(context, change),
  };
}
