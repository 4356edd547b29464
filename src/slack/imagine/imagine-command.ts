import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { chooseClientModal } from '../clients/bind-channel-form.ts';
import { openWhenReady } from '../kit/form/open.ts';
import { COMMANDS, SHORTCUTS } from '../kit/ids.ts';
import { inChannelOf, placeOf, requesterOf } from '../kit/sender.ts';
import { sameChannel } from '../platform/channels.ts';
import type { Deps } from '../platform/deps.ts';
import { namesOfMentioned } from '../platform/mentioned-names.ts';
import type { CommandListener, Routes, ShortcutListener } from '../platform/routes.ts';
import { imagineHelp, imagineProblems } from './imagine-help.ts';
import { type ImagineInput, parseImagine } from './parse-command.ts';
import { openImagineModal } from './send-imagine.ts';
import { NO_NAMES, namelessIn } from './typed-text.ts';

export function registerImagine(routes: Routes, deps: Deps): void {
  routes.command(COMMANDS.imagine, imagine(deps));
  routes.shortcut(SHORTCUTS.imagineHere, imagineHere(deps));
}

const typed = z.object({ text: z.string().default(''), trigger_id: z.string() });

/** `/imagine` alone opens the form; with words it asks for an image at once. */
const imagine =
  (deps: Deps): CommandListener =>
  async ({ ack, body, client }) => {
    await ack();
    const typedBy = inChannelOf(body);
    const { text, trigger_id: triggerId } = typed.parse(body);
    const input = inChannel(await readTyped(deps, client, { text, ...typedBy }), typedBy);
    const sender = 'thread' in input && input.thread ? { ...typedBy, threadTs: input.thread.threadTs } : typedBy;
    switch (input.kind) {
      case 'help':
        return void (await deps.tell(
          sender,
          imagineHelp(deps.app.offerImages({ by: sender.memberId, channelId: sender.channelId }).models),
        ));
      case 'problems':
        return void (await deps.tell(sender, imagineProblems(input)));
      case 'modal': {
        const channelId = isDirect(sender) ? null : sender.channelId;
        return await openImagineModal(deps, client, triggerId, { ...sender, channelId, draft: input.draft });
      }
      case 'request': {
        const asked = { requester: requesterOf(sender), place: placeOf(sender), from: 'channel' as const };
        const { memberId: by, channelId } = sender;
        const mayChoose = deps.app.mayChooseClient({ by, channelId });
        const requested = deps.spend.each(body, ({ requestImage }, deliveryId) =>
          requestImage({ deliveryId, ...asked, ...input.draft }),
        );
        if (!mayChoose) return void (await requested);
        // A trigger lives for three seconds. Whether the form may say that the prompt is kept is known once that is answered.
        const isKept = requested.then(
          (made) => made.isKept,
          () => false,
        );
        const ready = isKept.then((kept) => chooseClientModal(deps, { by, channelId, isKept: kept }));
        await openWhenReady(client, deps.clock, { triggerId, ready });
        return void (await requested);
      }
    }
  };

/** *Make an image here*: the form, for the thread of the message, or for the one that it begins. */
const imagineHere =
  (deps: Deps): ShortcutListener =>
  async ({ ack, body, client, shortcut }) => {
    await ack();
    const sender = inChannelOf(body);
    const { thread_ts: threadTs, ts } = ofMessage.parse(shortcut.message);
    const where = isDirect(sender) ? { channelId: null, threadTs: null } : { threadTs: threadTs ?? ts };
    await openImagineModal(deps, client, body.trigger_id, { ...sender, ...where });
  };

const ofMessage = z.object({ ts: z.string().min(1), thread_ts: z.string().min(1).optional() });

/** With what this workspace knows: its models, the projects of the channel's client, and who was mentioned. */
export async function readTyped(
  deps: Deps,
  client: WebClient,
  { text, memberId, channelId }: { text: string; memberId: string; channelId: string },
): Promise<ImagineInput> {
  const nameless = namelessIn(text);
  return parseImagine(text, channelId, {
    isSame: sameChannel(deps.channels),
    known: {
      models: deps.app.offerImages().models,
      isProject: (typed) => deps.app.isProject({ channelId, typed }),
    },
    names:
      nameless.length === 0 ? NO_NAMES : await namesOfMentioned(deps, client, { ids: nameless, memberId, channelId }),
  });
}

const isDirect = ({ channelId }: { channelId: string }) => channelId.startsWith('D');

/** A direct message belongs to no client: there the form comes first, and asks which channel it is for. */
const inChannel = (input: ImagineInput, sender: { channelId: string }): ImagineInput =>
  input.kind === 'request' && isDirect(sender) ? { ...input, kind: 'modal' } : input;
