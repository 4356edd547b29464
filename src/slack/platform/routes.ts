import type {
  BlockAction,
  App as Bolt,
  MessageShortcut,
  Middleware,
  SlackActionMiddlewareArgs,
  SlackCommandMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import { LINKS } from '../kit/ids.ts';
import type { Authorize } from './authorize.ts';

export type CommandListener = Middleware<SlackCommandMiddlewareArgs>;
export type ShortcutListener = Middleware<SlackShortcutMiddlewareArgs<MessageShortcut>>;
export type ClickListener = Middleware<SlackActionMiddlewareArgs<BlockAction>>;
export type FormListener = Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>>;

/** Who answers which id; each id has one listener. */
export type Routes = {
  command(name: string, listener: CommandListener): void;
  /** From the menu of a message. */
  shortcut(callbackId: string, listener: ShortcutListener): void;
  click(actionId: string, listener: ClickListener): void;
  form(callbackId: string, listener: FormListener): void;
};

/**
 * Bolt offers every delivery to every listener, one after the other, to see whether it wants it: with thirty of them that
 * is half the time an ack takes. So there is one listener of each kind, and it looks the id up. What it does not find
 * stays without an ack, and is answered by `watchDeliveries`.
 */
export function createRoutes(bolt: Bolt, door: Authorize): Routes {
  const commands = createTable<CommandListener>();
  const shortcuts = createTable<ShortcutListener>();
  const clicks = createTable<ClickListener>();
  const forms = createTable<FormListener>();
  bolt.command(/^\//, async (args) => {
    const listener = commands.get(args.command.command);
    if (listener && (await door.lets(args, args.command.command))) await listener(args);
  });
  bolt.shortcut<MessageShortcut>({ type: 'message_action' }, async (args) => {
    const { callback_id: callbackId } = args.shortcut;
    const listener = shortcuts.get(callbackId);
    if (listener && (await door.lets(args, callbackId))) await listener(args);
  });
  bolt.action({ type: 'block_actions' }, async (args) => {
    if (LINK_IDS.has(args.action.action_id)) return await args.ack();
    const listener = clicks.get(args.action.action_id);
    if (listener && (await door.lets(args, args.action.action_id))) await listener(args);
  });
  bolt.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) => {
    const listener = forms.get(args.view.callback_id);
    if (listener && (await door.letsForm(args, args.view.callback_id))) await listener(args);
  });
  return { command: commands.add, shortcut: shortcuts.add, click: clicks.add, form: forms.add };
}

const LINK_IDS: ReadonlySet<string> = new Set(Object.values(LINKS));

function createTable<Listener>() {
  const listeners = new Map<string, Listener>();
  return {
    get: (id: string) => listeners.get(id),
    add(id: string, listener: Listener) {
      if (listeners.has(id)) throw new Error(`${id} has two listeners`);
      listeners.set(id, listener);
    },
  };
}
