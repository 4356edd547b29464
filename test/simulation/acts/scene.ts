import type { App } from '../../../src/app/app.ts';
import type { AppContext } from '../../../src/app/context.ts';
import type { Requester } from '../../../src/app/requester.ts';
import type { Resumed } from '../../../src/app/self-check/resume-spending.ts';
import type { Told } from '../../ledger/told.ts';
import { EVERYBODY } from '../world/agency.ts';
import type { Chance } from '../world/chance.ts';
import type { SimulatedSlack } from '../world/slack.ts';

/** What people go by: what they see, which the journal and Slack say as well as anybody. */
export type Scene = {
  chance: Chance;
  told: Told;
  slack: SimulatedSlack;
  now(): number;
  newDelivery(): string;
  /** Jobs that were asked for, as their people remember them. */
  asked: { jobId: string; by: string; channelId: string; again(): Act }[];
  /** What somebody hears who has the books looked at again. */
  checkedAgain(answer: Resumed, of: { stopId: string; askedAt: number }): void;
};

/**
 * Something that somebody does in Slack, once. Slack may deliver it more than once, to any process; `isForged`: it names
 * an id that was used for something else. `operations`: how many commands and clicks it is, where it is not one.
 */
export type Act = {
  name: string;
  isForged?: boolean;
  operations?: number;
  deliver(app: App, remembers: Remembers): Promise<unknown>;
};

/** What a process knows of people from what Slack said before. */
export type Remembers = Pick<AppContext, 'people' | 'channels'>;

/** Null where there is nothing to do it with. */
export type MakeAct = (scene: Scene) => Act | null;

export const requester = (
  memberId: string,
  channelId: string,
  delivery: string,
  threadTs: string | null = null,
): Requester => ({
  memberId,
  replyTo: { channelId, threadTs, responseUrl: `https://hooks.example/commands/${delivery}` },
});

/** Somebody with a role, where there is anybody; now and then it is just anybody, who may have no business with it. */
export function somebody({ chance, told }: Scene, roles: readonly string[], anybodyAt = 0.1): string {
  if (chance.is(anybodyAt)) return chance.pick(EVERYBODY);
  const able = [...told.people].flatMap(([id, { role, status }]) => {
    return status === 'active' && roles.includes(role) ? [id] : [];
  });
  return able.length > 0 ? chance.pick(able) : chance.pick(EVERYBODY);
}
