import type { ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import { tooMuchModal } from '../kit/error-modals.ts';
import { message } from '../kit/message.ts';
import type { Deps } from './deps.ts';
import { senderIn, whatIn } from './errors.ts';
import { type Bounds, NoRoomFault } from './room.ts';
import { TOO_MUCH } from './too-much.ts';

type Delivery = Pick<ReceiverEvent, 'body' | 'ack'>;

/**
 * Answers what there is no room for: a command and a form in their acks, a click by a message. What no person could be told
 * about is not acknowledged, so that Slack brings it again or says so itself. Throws a `NoRoomFault` then.
 */
export function createTurnBack({ tell, log }: Pick<Deps, 'tell' | 'log'>, bounds: Bounds) {
  let telling = 0;
  return async ({ body, ack }: Delivery): Promise<void> => {
    log.warn({ what: whatIn(body) }, 'delivery refused: too many at once');
    if ('command' in body) return void (await ack({ response_type: 'ephemeral', ...message([[TOO_MUCH]]) }));
    if (body.type === 'view_submission') return void (await ack(formAnswer(body)));
    const sender = body.type === 'block_actions' || body.type === 'message_action' ? senderIn(body) : null;
    if (!sender || telling >= bounds.turnedBack) throw new NoRoomFault();
    telling += 1;
    try {
      await ack();
      await tell(sender, message([[TOO_MUCH]]));
    } finally {
      telling -= 1;
    }
  };
}

const form = z.object({ view: z.object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string() })) }) });

/** The form stays as it is filled in, where it has a field to say it at. */
function formAnswer(body: unknown) {
  const field = form.safeParse(body).data?.view.blocks.find(({ type }) => type === 'input');
  return field
    ? { response_action: 'errors', errors: { [field.block_id]: TOO_MUCH } }
    : { response_action: 'update', view: tooMuchModal() };
}
