import type { App as Bolt, ReceiverEvent } from '@slack/bolt';
import type { Log } from '../../ports/ports.ts';
import { outOfDateModal } from '../kit/error-modals.ts';
import { VIEWS } from '../kit/ids.ts';
import { outOfDate } from '../kit/out-of-date.ts';
import { isFromPerson } from '../kit/user-id.ts';
import type { Deps } from './deps.ts';
import { senderIn, whatIn } from './errors.ts';
import { BOUNDS, type Bounds, createRoom } from './room.ts';
import { createTurnBack } from './turn-back.ts';

const FORMS: ReadonlySet<string> = new Set(Object.values(VIEWS));

export type DeliveryTracker = {
  /** Whether nothing more shall be taken in. */
  stopped(): boolean;
  stop(): void;
  /** Resolves when no delivery is being worked on. */
  idle(): Promise<void>;
};

/**
 * Every delivery passes here, whichever way it came: so that a stop can wait for those at work, so that an ack that
 * fails, because Slack has hung up, does not stop the work that was asked for, and so that no click goes unanswered.
 * A sender that cannot be a person in Slack is turned away here; and what comes while there is too much at work is turned back.
 */
export function trackDeliveries(
  bolt: Bolt,
  { tell, log }: Pick<Deps, 'tell' | 'log'>,
  bounds: Bounds = BOUNDS,
): DeliveryTracker {
  const running = new Set<Promise<void>>();
  const room = createRoom(bounds);
  const turnBack = createTurnBack({ tell, log }, bounds);
  const process = bolt.processEvent.bind(bolt);
  let stopped = false;

  bolt.processEvent = async (event: ReceiverEvent) => {
    // Without an ack Slack offers it again, or says that it did not work.
    if (stopped) return;
    const acked = patientAck(event.ack, log);
    const take = async () => {
      if (!isFromPerson(event.body)) return await turnAway(event, { ack: acked.ack, log });
      const leave = room.enter(event.body, whatIn(event.body));
      if (!leave) return await turnBack({ body: event.body, ack: acked.ack });
      try {
        await process({ ...event, ack: acked.ack });
        if (!acked.given()) await answerForNobody(event, { ack: acked.ack, tell, log });
      } finally {
        leave();
      }
    };
    const work = take();
    const done: Promise<void> = work.catch(() => undefined).finally(() => running.delete(done));
    running.add(done);
    await work;
  };
  return {
    stopped: () => stopped,
    stop: () => {
      stopped = true;
    },
    async idle() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Acknowledged, so that it does not come again, and nothing else. */
async function turnAway({ body }: ReceiverEvent, { ack, log }: { ack: ReceiverEvent['ack']; log: Log }): Promise<void> {
  await ack();
  log.warn({ what: whatIn(body) }, 'Slack delivery ignored: no user in it');
}

/** No listener took it: a button of an earlier version, or a listener that failed before it could say anything. */
async function answerForNobody(
  { body }: ReceiverEvent,
  { ack, tell, log }: Pick<Deps, 'tell' | 'log'> & { ack: ReceiverEvent['ack'] },
): Promise<void> {
  const isOfOldForm = body.type === 'view_submission' && !FORMS.has(whatIn(body));
  await (isOfOldForm ? ack({ response_action: 'update', view: outOfDateModal() }) : ack());
  log.warn({ what: whatIn(body) }, 'delivery without a listener');
  const sender = senderIn(body);
  if (sender && (body.type === 'block_actions' || body.type === 'message_action')) await tell(sender, outOfDate());
}

function patientAck(ack: ReceiverEvent['ack'], log: Log) {
  let given = false;
  return {
    given: () => given,
    ack: (async (response) => {
      given = true;
      try {
        await ack(response);
      } catch (error) {
        log.warn({ code: (error as { code?: unknown }).code ?? 'unknown' }, 'ack failed');
      }
    }) satisfies ReceiverEvent['ack'],
  };
}
