import type { WebClient } from '@slack/web-api';
import type { Redrawn } from '../../app/messenger.ts';
import type { Clock, Log } from '../../ports/ports.ts';
import type { MessagePlace } from '../../storage/records/job-step.ts';
import type { Message } from '../kit/message.ts';
import { callSlack, REPEATABLE } from './call-slack.ts';
import type { ChannelRateLimit } from './channel-rate-limit.ts';
import type { Failure } from './failure.ts';
import { isGone, isOurMistake } from './refusals.ts';
import type { SendNewer } from './send-newer.ts';

export type Drawing = {
  message: Message;
  /** What to show while Slack rejected the image uploads; null where there are none. */
  withoutPictures: Message | null;
  /** The version of a drawing: a lower one never replaces a higher one. */
  version: number;
};

export type Draw = (place: MessagePlace, drawing: Drawing) => Promise<Redrawn>;

/** How long Slack may take to look at pictures that were just uploaded; until then it calls the blocks invalid. */
const PROCESSING_WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];

type Parts = { client: WebClient; clock: Clock; log: Log; pace: ChannelRateLimit; sendNewer: SendNewer };

/**
 * Redraws a message. Where Slack does not finish with the pictures, the message says so and the answer is `failed`,
 * so that it is drawn again later: the files belong to no channel, so a link to them would not open.
 */
export function createDraw(parts: Parts): Draw {
  const update = createUpdate(parts);
  return async (place, drawing) => {
    const { message, withoutPictures, version } = drawing;
    for (const waitMs of [...PROCESSING_WAITS_MS, null]) {
      const failure = await update(place, { message, version });
      if (failure === null) return { kind: 'drawn' };
      if (failure.code !== 'invalid_blocks' || !withoutPictures) return notDrawn(failure, parts.log);
      if (waitMs !== null) await parts.clock.sleep(waitMs);
    }
    parts.log.warn({ channelId: place.channelId, ts: place.ts }, 'Slack rejected the image uploads of a message');
    await update(place, { message: withoutPictures ?? message, version });
    return { kind: 'failed', code: 'pictures_not_taken' };
  };
}

type Version = { message: Message; version: number };

/** A drawing that waits for its turn is replaced by a later one of the same message: only the last one is looked at. */
function createUpdate({ client, clock, pace, sendNewer }: Parts) {
  const waiting = new Map<string, { latest: Version; done: Promise<Failure | null> }>();
  return (place: MessagePlace, drawing: Version): Promise<Failure | null> => {
    const key = `${place.channelId}/${place.ts}`;
    const ahead = waiting.get(key);
    if (ahead) {
      if (drawing.version >= ahead.latest.version) ahead.latest = drawing;
      return ahead.done;
    }
    const turn = { latest: drawing, done: Promise.resolve<Failure | null>(null) };
    const channel = place.channelId;
    turn.done = (async () => {
      const answer = await pace.run(channel, () => {
        waiting.delete(key);
        return sendNewer(turn.latest.message.blocks, (blocks) =>
          callSlack(
            clock,
            () => client.chat.update({ channel, ts: place.ts, ...turn.latest.message, blocks }),
            REPEATABLE,
          ),
        );
      });
      if (answer === 'crowded') return { kind: 'lost', code: 'crowded' } as const;
      return answer.ok ? null : answer.failure;
    })().finally(() => {
      if (waiting.get(key) === turn) waiting.delete(key);
    });
    waiting.set(key, turn);
    return turn.done;
  };
}

function notDrawn({ kind, code }: Failure, log: Log): Redrawn {
  if (kind === 'refused' && isGone(code)) return { kind: 'gone', code };
  if (kind === 'refused' && isOurMistake(code)) log.error({ code }, 'Slack refused a redraw');
  return { kind: 'failed', code };
}
