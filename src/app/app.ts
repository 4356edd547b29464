import { askOwners, showAskOwners } from './alerts/ask-owners.ts';
import { expectUse } from './alerts/expect-use.ts';
import { muteAlerts } from './alerts/mute-alerts.ts';
import { approveRequest, denyRequest, withdrawRequest } from './approvals/answer-request.ts';
import { coachRequester } from './approvals/coach.ts';
import { setDelegate } from './approvals/delegate.ts';
import { moveForRequest, openMoveForRequest } from './approvals/move-for-request.ts';
import { openRequest } from './approvals/open-request.ts';
import { saveChanges } from './changes/save-changes.ts';
import { undoChange } from './changes/undo-change.ts';
import { mayChooseClient } from './clients/ask-client.ts';
import { bindChannel } from './clients/bind-channel.ts';
import { bindProject } from './clients/bind-project.ts';
import { changeChannelId, forgetChannel } from './clients/channel-changes.ts';
import { createClient, renameClient, setClientClosed } from './clients/clients.ts';
import { checkGreeting, greetChannel } from './clients/greet-channel.ts';
import { isProject } from './clients/is-project.ts';
import { changeProject, createProject, setProjectClosed } from './clients/projects.ts';
import { setUpClient, setUpProject } from './clients/set-up-client.ts';
import { showDecision } from './clients/show-decision.ts';
import { showProjects } from './clients/show-projects.ts';
import { correctClock } from './clock/correct-clock.ts';
import type { AppContext } from './context.ts';
import { showDigestPolicy } from './digest/digest-policy.ts';
import { previewClientDigest } from './digest/preview-client-digest.ts';
import { previewDigest, sendDigestNow } from './digest/send-now.ts';
import { findCredits } from './home/find-credits.ts';
import { showCredits } from './home/show-credits.ts';
import { showHome } from './home/show-home.ts';
import { imageVerbs, type Of } from './image-verbs.ts';
import { runWaiting } from './images/run-waiting.ts';
import { previewCalendarPrices, showCalendarPrices } from './limits/calendar-prices.ts';
import { capQuality } from './limits/cap-quality.ts';
import { grantCredits, showGrant } from './limits/grant-credits.ts';
import { moveBudget, showMove } from './limits/move-budget.ts';
import { previewLimits } from './limits/preview-limits.ts';
import { setPolicy, setRule, showPolicy, showRule } from './limits/rules.ts';
import { saveLimits, setLimit } from './limits/set-limit.ts';
import { showLimits } from './limits/show-limits.ts';
import { claimClick, releaseClick } from './once/claim-click.ts';
import { sayDifferent } from './peer-check/say-different.ts';
import { showPeerCheck } from './peer-check/show-peer-check.ts';
import { askForRole, declineRole } from './people/ask-for-role.ts';
import { checkAccess, checkAccessFresh } from './people/check-access.ts';
import {
  bringBackPerson,
  invitePerson,
  removeDeactivated,
  removePerson,
  setManages,
  setRole,
  setSuspended,
  setTeams,
} from './people/commands.ts';
import { showPeople } from './people/show-people.ts';
import { showPerson } from './people/show-person.ts';
import { showTeam, showTeams } from './people/show-team.ts';
import { syncMember } from './people/sync-member.ts';
import { changeTeam, createTeam } from './people/teams.ts';
import { showReport } from './reports/show-report.ts';
import { resumeSpending } from './self-check/resume-spending.ts';

export type App = ReturnType<typeof createApp>;

/** Every verb there is. Each may throw a fault, which the caller's one error handler turns into a reference. */
export function createApp(context: AppContext) {
  const of: Of = (verb) => (input) => verb(context, input);
  return {
    refusedAtDoor: of(checkAccess),
    refusedAtDoorAfterReading: of(checkAccessFresh),
    /** Brings the ledger up to date about who acts. The side that people come from calls it before any verb of theirs. */
    syncMember: ({ by }: { by: string }) => syncMember(context, by),

    ...imageVerbs(context, of),
    claimClick: of(claimClick),
    releaseClick: of(releaseClick),

    showCredits: of(showCredits),
    findCredits: of(findCredits),
    showReport: of(showReport),
    showHome: of(showHome),

    // Clients and projects.
    setUpClient: of(setUpClient),
    createClient: of(createClient),
    renameClient: of(renameClient),
    setClientClosed: of(setClientClosed),
    setUpProject: of(setUpProject),
    createProject: of(createProject),
    changeProject: of(changeProject),
    setProjectClosed: of(setProjectClosed),
    showProjects: of(showProjects),
    bindProject: of(bindProject),
    isProject: of(isProject),
    bindChannel: of(bindChannel),
    mayChooseClient: of(mayChooseClient),
    showDecision: of(showDecision),
    runWaiting: of(runWaiting),
    changeChannelId: of(changeChannelId),
    forgetChannel: of(forgetChannel),
    checkGreeting: of(checkGreeting),
    greetChannel: of(greetChannel),

    // Requests that need an approval. What comes of a decision is told, and drawn into every card, by itself.
    approveRequest: of(approveRequest),
    denyRequest: of(denyRequest),
    withdrawRequest: of(withdrawRequest),
    coachRequester: of(coachRequester),
    openRequest: of(openRequest),
    openMoveForRequest: of(openMoveForRequest),
    moveForRequest: of(moveForRequest),
    setDelegate: of(setDelegate),

    ...peopleVerbs(of),

    // What accounts may use: limits and their preview, grants, moved budget, rules, and the policy.
    showLimits: of(showLimits),
    rehearseLimits: of(previewLimits),
    setLimit: of(setLimit),
    saveLimits: of(saveLimits),
    showGrant: of(showGrant),
    grantCredits: of(grantCredits),
    showMove: of(showMove),
    moveBudget: of(moveBudget),
    showRule: of(showRule),
    setRule: of(setRule),
    showPolicy: of(showPolicy),
    setPolicy: of(setPolicy),
    showCalendarPrices: of(showCalendarPrices),
    previewCalendarPrices: of(previewCalendarPrices),

    // Several changes of one form, and the way back.
    saveChanges: of(saveChanges),
    undoChange: of(undoChange),

    ...tellingVerbs(of),

    resumeSpending: of(resumeSpending),
    correctClock: of(correctClock),
  };
}

/** People and teams. */
const peopleVerbs = (of: Of) => ({
  showPeople: of(showPeople),
  showPerson: of(showPerson),
  showTeams: of(showTeams),
  showTeam: of(showTeam),
  invitePerson: of(invitePerson),
  setRole: of(setRole),
  askForRole: of(askForRole),
  declineRole: of(declineRole),
  setTeams: of(setTeams),
  setManages: of(setManages),
  setSuspended: of(setSuspended),
  removePerson: of(removePerson),
  removeDeactivated: of(removeDeactivated),
  bringBackPerson: of(bringBackPerson),
  createTeam: of(createTeam),
  changeTeam: of(changeTeam),
});

/** What is told by itself, and how it is run. */
const tellingVerbs = (of: Of) => ({
  muteAlerts: of(muteAlerts),
  expectUse: of(expectUse),
  capQuality: of(capQuality),
  showAskOwners: of(showAskOwners),
  askOwners: of(askOwners),
  showDigestPolicy: of(showDigestPolicy),
  showPeerCheck: of(showPeerCheck),
  sayDifferent: of(sayDifferent),
  previewDigest: of(previewDigest),
  sendDigestNow: of(sendDigestNow),
  previewClientDigest: of(previewClientDigest),
});
