import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSlackContext, Violation } from './context.ts';
import type { Delivery, Outcome } from './deliveries/postman.ts';
import type { Faults } from './faults.ts';
import {
  archive,
  changeChannelId,
  changePerson,
  deleteChannel,
  directMessageWithBot,
  isMember,
  join,
  leave,
  rename,
  share,
} from './membership.ts';
import type { SocketControls } from './socket-mode/sockets.ts';
import { type UserClient, userClient } from './user-client.ts';
import { messageFor } from './user-view.ts';
import type * as Page from './view.ts';
import type { SlackView } from './views/slack-view.ts';
import type { ApiCall } from './web-api/call.ts';
import type { Person } from './workspace.ts';

/** What tests, and the product's playground, can do to the workspace and see of it. */
export type Controls = {
  /** Acts as a person, through the same code as the page. */
  as(userId: string): UserClient;
  deliverTo(eventsUrl: string): void;
  faults: Pick<Faults, 'next' | 'nextDelivery' | 'withoutBlocks' | 'clear'>;
  /** Socket Mode's, where there is an `appToken`. */
  sockets: SocketControls;

  /** Everything in a channel, replies among it, oldest first; `as` leaves out what that person does not see. */
  messages(channelId: string, options?: { as?: string }): Page.Message[];
  /** The workspace's time, and whether a week is passing. */
  time(): Page.PassingTime;
  home(userId: string): SlackView | null;
  /** The top of the person's stack of modals. */
  modal(userId: string): (SlackView & { errors: Record<string, string> }) | null;
  /** The direct message of a person with the bot; made if need be. */
  directMessage(userId: string): string;
  fileBytes(fileId: string): Uint8Array | null;
  readonly calls: readonly ApiCall[];
  readonly deliveries: readonly Delivery[];
  readonly violations: readonly Violation[];
  /** Waits for something to be true, looking again and again; fails after `timeoutMs`. */
  until<T>(look: () => T | null | undefined | false, timeoutMs?: number): Promise<T>;

  /** Takes the bot out of a channel. */
  kick(channelId: string): Promise<void>;
  invite(channelId: string): Promise<void>;
  join(channelId: string, userId: string): Promise<void>;
  leave(channelId: string, userId: string): Promise<void>;
  /** Connects a channel with another organisation (Slack Connect), or ends that. */
  share(channelId: string, isShared?: boolean): Promise<void>;
  archive(channelId: string, isArchived?: boolean): Promise<void>;
  rename(channelId: string, name: string): Promise<void>;
  deleteChannel(channelId: string): Promise<void>;
  /** Gives a channel another id, as when a private one is shared through Slack Connect; answers the new one. */
  changeChannelId(channelId: string): Promise<string>;
  /** Changes a person, as an administrator would: `{ deactivated: true }`, `{ kind: 'guest' }`. */
  changePerson(userId: string, change: Partial<Omit<Person, 'userId'>>): Promise<void>;

  /** A trigger as a click of theirs would bring along: for forgeries that are to get as far as they can. */
  trigger(userId: string): string;
  /** Sends exactly these bytes under these headers to the app. */
  deliver(rawBody: string, headers: Record<string, string>): Promise<Outcome>;
  /** Sends an earlier delivery again, byte for byte, with its old signature. */
  replay(delivery: Delivery): Promise<Outcome>;
  /** Valid signature headers for a body. */
  sign(rawBody: string): Record<string, string>;
};

/** An organization that only shares a channel: the seed needs none of its people. */
const OTHER_TEAM = 'T0ELSEWHERE';
const UNTIL_MS = 5_000;
const LOOK_EVERY_MS = 5;

export function createControls(context: LocalSlackContext): Controls {
  const { state, workspace, postman, faults } = context;
  return {
    ...readers(context),
    as: (userId) => userClient(context, userId),
    deliverTo: (url) => postman.deliverTo(url),
    faults,
    sockets: context.sockets.controls,
    until: (look, timeoutMs = UNTIL_MS) => until(look, timeoutMs),
    kick: (channelId) => leave(context, channelId, workspace.bot.userId),
    invite: (channelId) => join(context, channelId, workspace.bot.userId),
    join: (channelId, userId) => join(context, channelId, userId),
    leave: (channelId, userId) => leave(context, channelId, userId),
    share: (channelId, isShared = true) => share(context, channelId, { isShared, teamId: OTHER_TEAM }),
    archive: (channelId, isArchived = true) => archive(context, channelId, isArchived),
    rename: (channelId, name) => rename(context, channelId, name),
    deleteChannel: (channelId) => deleteChannel(context, channelId),
    changeChannelId: (channelId) => changeChannelId(context, channelId),
    changePerson: (userId, change) => changePerson(context, userId, change),
    directMessage: (userId) => directMessageWithBot(context, userId).channel.channelId,
    fileBytes: (fileId) => state.files.bytes(fileId),
    trigger: (userId) => context.triggers.issue({ userId, isFromModal: false }),
    deliver: (rawBody, headers) => postman.sendRaw(rawBody, headers),
    replay: ({ body, headers }) => postman.sendRaw(body, headers),
    sign: (rawBody) => postman.sign(rawBody),
  };
}

function readers(context: LocalSlackContext) {
  const { state, modals } = context;
  return {
    messages: (channelId: string, { as: reader = null }: { as?: string | null } = {}) => {
      if (reader !== null && !isMember(context, reader, channelId)) return [];
      return state.messages.all(channelId, reader).map((message) => messageFor(context, reader, message));
    },
    time: () => context.passing.look(),
    home: (userId: string) => state.homes.get(userId)?.view ?? null,
    modal: (userId: string) => {
      const open = modals.top(userId);
      return open ? { ...open.view, errors: open.errors } : null;
    },
    calls: context.calls.entries,
    deliveries: context.deliveries.entries,
    violations: context.violations.entries,
  };
}

async function until<T>(look: () => T | null | undefined | false, timeoutMs: number): Promise<T> {
  for (let waitedMs = 0; waitedMs <= timeoutMs; waitedMs += LOOK_EVERY_MS) {
    const seen = look();
    if (seen) return seen;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`Not seen within ${timeoutMs} ms: ${look}`);
}
