import type { WebClient } from '@slack/web-api';
import type { Chance } from '../../world/chance.ts';
import type { Counts } from '../../world/counts.ts';
import type { FaultKind } from '../../world/weather.ts';
import type { Sender, Wire } from '../../world/wire.ts';
import type { WeekWeather } from './weather.ts';

/** A message as its reader sees it. */
export type Arrived = {
  at: number;
  /** A channel, where it was posted in one. */
  memberId: string;
  ts: string;
  /** As it was posted, and each time that it was drawn again. */
  texts: { at: number; text: string }[];
  by: Sender;
  /** Whether its sender has heard that it stands. */
  isHeard: boolean;
};

/** Slack's Web API as far as the messenger calls it: what arrived there is all that anybody has read. */
export type Edge = {
  arrived: Arrived[];
  clientFor(sender: Sender): WebClient;
  /** Whole seconds, as its answers say it. */
  askTime(sender: Sender): Promise<number>;
};

type Parts = {
  chance: Chance;
  wire: Wire;
  now: () => number;
  counts: Counts;
  /** Whether a second message with the id of one that stands is answered with that one. */
  knowsIds: boolean;
  /** Whether the workspace has the newer blocks. */
  knowsCharts: boolean;
  weather: WeekWeather;
  arrives(message: Arrived): void;
};

type Asked = { channel: string; ts?: string; text: string; blocks?: unknown; client_msg_id?: string };

const POSTS: readonly FaultKind[] = ['lost', 'late', 'answer_lost', 'overtaken'];
const DRAWS: readonly FaultKind[] = ['lost', 'late', 'answer_lost', 'doubled', 'overtaken'];
const RATE_LIMITED = 0.01;
/** The last is longer than a call waits. */
const RETRY_AFTER_S = [1, 20, 90] as const;

export function createEdge(parts: Parts): Edge {
  const { wire, now, knowsIds } = parts;
  const arrived: Arrived[] = [];
  const byTs = new Map<string, Arrived>();
  const byId = new Map<string, Arrived>();
  let stamps = 0;

  const post = ({ channel, text, client_msg_id: id }: Asked, by: Sender): Arrived => {
    const standing = knowsIds && id !== undefined ? byId.get(`${channel}/${id}`) : undefined;
    if (standing) return standing;
    stamps += 1;
    const ts = `${1_764_000_000 + stamps}.000100`;
    const memberId = channel.startsWith('D-') ? channel.slice(2) : channel;
    const message: Arrived = { at: now(), memberId, ts, texts: [{ at: now(), text }], by, isHeard: false };
    arrived.push(message);
    byTs.set(ts, message);
    if (id !== undefined) byId.set(`${channel}/${id}`, message);
    parts.arrives(message);
    return message;
  };

  return {
    arrived,
    clientFor: (sender) => {
      const on = <Result>(verb: string, faults: readonly FaultKind[], act: () => Result) =>
        wire<Result>(sender, { port: 'slack', verb, faults, act: async () => act(), failure });
      const client = {
        conversations: { open: ({ users }: { users: string }) => on(`open ${users}`, ['lost', 'late'], opened(users)) },
        chat: {
          async postMessage(asked: Asked) {
            const answer = await on(`post ${asked.channel}`, POSTS, () => {
              refuse(asked, sender, parts);
              return post(asked, sender);
            });
            answer.isHeard ||= answer.by === sender;
            return { channel: asked.channel, ts: answer.ts, message: { text: answer.texts.at(-1)?.text } };
          },
          update: (asked: Asked) =>
            on(`update ${asked.channel} ${asked.ts}`, DRAWS, () => {
              refuse(asked, sender, parts);
              byTs.get(asked.ts ?? '')?.texts.push({ at: now(), text: asked.text });
              return { channel: asked.channel, ts: asked.ts };
            }),
        },
      };
      return client as unknown as WebClient;
    },
    askTime: (sender) =>
      wire(sender, {
        port: 'slack',
        verb: 'time',
        faults: ['lost', 'late'],
        act: async () => Math.floor(now() / 1_000) * 1_000,
        failure,
      }),
  };
}

const opened = (memberId: string) => () => ({ channel: { id: `D-${memberId}` } });

/** What Slack answers without doing anything. */
function refuse({ blocks }: Asked, by: Sender, { chance, counts, weather, knowsCharts }: Parts): void {
  if (!weather.isClear() && chance.is(RATE_LIMITED)) {
    counts.add('rate limited');
    weather.troubled(by.no);
    throw { code: 'slack_webapi_rate_limited_error', retryAfter: chance.pick(RETRY_AFTER_S) };
  }
  if (knowsCharts || !JSON.stringify(blocks ?? []).includes('data_visualization')) return;
  counts.add('charts refused');
  throw { code: 'slack_webapi_platform_error', data: { error: 'invalid_blocks', response_metadata: { messages: [] } } };
}

function failure(about: 'never' | 'perhaps'): never {
  throw about === 'never' ? { code: 'slack_webapi_http_error', statusCode: 503 } : { code: 'ETIMEDOUT' };
}
