import { type App, createApp } from '../../src/app/app.ts';
import type { AppContext } from '../../src/app/context.ts';
import { syncMembers } from '../../src/slack/platform/sync-members.ts';

/** Calls a use case as a listener does: who acts is synced from Slack first. */
const synced =
  <Verb extends keyof App>(verb: Verb) =>
  (context: AppContext, input: Parameters<App[Verb]>[0]): ReturnType<App[Verb]> => {
    const call = syncMembers(createApp(context))[verb] as (input: Parameters<App[Verb]>[0]) => ReturnType<App[Verb]>;
    return call(input);
  };

export const approveRequest = synced('approveRequest');
export const bindChannel = synced('bindChannel');
export const bindProject = synced('bindProject');
export const bringBackPerson = synced('bringBackPerson');
export const changeProject = synced('changeProject');
export const coachRequester = synced('coachRequester');
export const correctClock = synced('correctClock');
export const createClient = synced('createClient');
export const createProject = synced('createProject');
export const deleteImage = synced('deleteImage');
export const denyRequest = synced('denyRequest');
export const invitePerson = synced('invitePerson');
export const markByReaction = synced('markByReaction');
export const markImage = synced('markImage');
export const openImage = synced('openImage');
export const openRequest = synced('openRequest');
export const removePerson = synced('removePerson');
export const renameClient = synced('renameClient');
export const repeatImage = synced('repeatImage');
export const requestImage = synced('requestImage');
export const resumeSpending = synced('resumeSpending');
export const setClientClosed = synced('setClientClosed');
export const setDelegate = synced('setDelegate');
export const setLimit = synced('setLimit');
export const setManages = synced('setManages');
export const setProjectClosed = synced('setProjectClosed');
export const setRole = synced('setRole');
export const setStage = synced('setStage');
export const setSuspended = synced('setSuspended');
export const showCredits = synced('showCredits');
export const showReport = synced('showReport');
export const showHome = synced('showHome');
export const showPeople = synced('showPeople');
export const showPerson = synced('showPerson');
export const showProjects = synced('showProjects');
export const showTeams = synced('showTeams');
export const withdrawRequest = synced('withdrawRequest');
