import { z } from 'zod';
import type { Log, NewId } from '../../ports/ports.ts';
import { message } from '../kit/message.ts';
import { code } from '../kit/parts.ts';
import { type Sender, senderOf } from '../kit/sender.ts';
import type { Tell } from '../messenger/tell.ts';
import { factsOf, innermost } from './error-facts.ts';

/** Tells the person what failed, and the log why, under one reference. Never throws. */
export type TellFault = (error: unknown, sender: Sender, what?: string) => Promise<void>;

const WAIT = 'Try again in a minute.';
const BOOKS = `Inkwell can’t save anything right now. Nothing was charged. ${WAIT}`;
const BUSY = `Inkwell is very busy right now. Nothing was charged. ${WAIT}`;
const UNCERTAIN =
  'Inkwell isn’t sure this was saved. If it was, it continues automatically. Check here in a minute before you try again.';
const CORRUPT = 'Inkwell can’t read its ledger. Nothing was charged. An owner needs to fix this.';
const UNKNOWN = 'Something went wrong. Nothing was charged unless a message here says it was.';
const SLACK = `Slack didn’t respond properly. Nothing was charged. ${WAIT}`;
const TOO_SLOW = 'That took too long, so Slack couldn’t open the form. Nothing was charged. Try again.';

const store = { unavailable: BOOKS, full: BOOKS, uncertain: UNCERTAIN, corrupt: CORRUPT };

/** By the fault's name, then its code: the same class may come from another realm. */
const SENTENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  JournalFault: store,
  RecordsFault: store,
  BookFault: {
    busy: BUSY,
    contended: BUSY,
    closed: `Inkwell is restarting. Nothing was charged. ${WAIT}`,
    id_reused: 'This was sent twice with different content. The first one counts. Nothing else was done.',
  },
  PeopleFault: { unavailable: `Inkwell couldn’t ask Slack who you are. Nothing was charged. ${WAIT}` },
};

/** Whatever their codes. */
const BY_NAME: Readonly<Record<string, string>> = {
  DeliveryFault: 'Slack didn’t accept Inkwell’s reply. Your request is done or still running. Check here in a minute.',
  HomeFault: 'Your changes are saved, but Slack didn’t refresh Home. Reopen it in a minute.',
};

const named = z.object({ name: z.string().optional(), code: z.string().optional() });
const platform = z.object({ code: z.literal('slack_webapi_platform_error'), data: z.object({ error: z.string() }) });
const TRIGGER_ERRORS = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);

/** What a person reads about an error: whether anything was charged, and what to do. */
export function faultSentence(error: unknown): string {
  const refused = platform.safeParse(error);
  if (refused.success && TRIGGER_ERRORS.has(refused.data.data.error)) return TOO_SLOW;
  const { name = '', code: itsCode = '' } = named.safeParse(error).data ?? {};
  if (itsCode.startsWith('slack_webapi_')) return SLACK;
  return SENTENCES[name]?.[itsCode] ?? BY_NAME[name] ?? UNKNOWN;
}

export function createTellFault({ tell, log, newReference }: { tell: Tell; log: Log; newReference: NewId }): TellFault {
  return async (thrown, sender, what = 'work') => {
    const error = innermost(thrown);
    const reference = newReference();
    log.error({ reference, what, ...factsOf(error) }, 'request failed');
    try {
      const told = await tell(sender, message([[faultSentence(error), ' Reference ', code(reference), '.']]));
      if (told.kind === 'failed') log.warn({ reference, code: told.code }, 'person not told of a failed request');
    } catch (unexpected) {
      log.error({ reference, ...factsOf(unexpected) }, 'person not told of a failed request');
    }
  };
}

/** Bolt's one error handler: everything that a listener throws ends here. */
export const createErrorHandler =
  ({ tellFault, log }: { tellFault: TellFault; log: Log }) =>
  async ({ error, body }: { error: unknown; body: unknown }): Promise<void> => {
    const sender = senderIn(body);
    if (sender) return await tellFault(error, sender, whatIn(body));
    log.error({ what: whatIn(body), ...factsOf(innermost(error)) }, 'event failed');
  };

/** Returns null where there is no person to tell, as for most events. */
export function senderIn(body: unknown): Sender | null {
  try {
    return senderOf(body);
  } catch {
    return null;
  }
}

/** Longer than any name of ours. */
const WHAT_CHARACTERS_MAX = 80;

const origin = z.object({
  command: z.string().optional(),
  callback_id: z.string().optional(),
  actions: z.array(z.object({ action_id: z.string() })).optional(),
  view: z.object({ callback_id: z.string().optional() }).optional(),
  event: z.object({ type: z.string() }).optional(),
});

/** Which listener it was, in names of ours. */
export function whatIn(body: unknown): string {
  const { command, callback_id: shortcut, actions, view, event } = origin.safeParse(body).data ?? {};
  const what = command ?? shortcut ?? actions?.[0]?.action_id ?? event?.type ?? view?.callback_id ?? 'unknown';
  return what.slice(0, WHAT_CHARACTERS_MAX);
}
