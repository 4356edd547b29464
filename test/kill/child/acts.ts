import type { App } from '../../../src/app/app.ts';
import type { AppContext } from '../../../src/app/context.ts';
import { inChannel } from '../../support/requester.ts';
import type { Act, Thread } from '../life.ts';
import type { ChildClock } from './clock.ts';
import { say } from './points.ts';

type Hands = { world: AppContext; app: App; clock: ChildClock; sweepOnce(): Promise<void>; cronOnce(): Promise<void> };

/** One act after the other. What throws is said, as a listener would, and the next one is tried. */
export async function perform(hands: Hands, thread: Thread, threadNo: number): Promise<void> {
  for (const [actNo, act] of thread.entries()) {
    try {
      await performOne(hands, act);
      say({ say: 'did', thread: threadNo, act: actNo });
    } catch (error) {
      const { name, code } = error as { name: string; code?: string };
      // What is no fault of a store's, of Slack's or of another process is a bug, and ends the process as one.
      if (code === undefined) throw error;
      say({ say: 'threw', thread: threadNo, act: actNo, code: `${name} ${code}` });
    }
  }
}

async function performOne({ world, app, clock, sweepOnce, cronOnce }: Hands, act: Act): Promise<void> {
  switch (act.kind) {
    case 'image': {
      const { deliveryId, by, channelId, prompt, imagesCount } = act;
      // What is said there can be told to be about this job, however long after it was asked for.
      const requester = inChannel(by, channelId, { threadTs: `job:${deliveryId}` });
      const asked = { requester, place: { channelId, threadId: null } };
      const options = { quality: 'low' };
      const said = { stage: 'concept', project: null, from: 'channel' } as const;
      await app.requestImage({ deliveryId, ...asked, prompt, options, imagesCount, ...said });
      return await untilNobodyIsAt(world, deliveryId);
    }
    case 'approve': {
      const { clientId, ...decision } = act;
      return await app.approveRequest({
        ...decision,
        requester: inChannel(act.by, 'C0DESK'),
        seen: [`client:${clientId} total`],
      });
    }
    case 'deny':
    case 'withdraw': {
      const decision = { ...act, requester: inChannel(act.by, 'C0DESK') };
      if (act.kind === 'withdraw') return await app.withdrawRequest(decision);
      return await app.denyRequest({ ...decision, reason: 'Enough of them.' });
    }
    case 'bind': {
      const { clientId, ...change } = act;
      return void (await app.bindChannel({ ...change, decision: { kind: 'client', clientId }, ifUnbound: true }));
    }
    case 'grant': {
      const { clientId, ...change } = act;
      const grant = { account: `client:${clientId}`, untilDate: null, reason: 'For the pitch' } as const;
      return void (await app.grantCredits({ ...change, ...grant }));
    }
    case 'remove':
      return void (await app.removePerson({ ...act, reason: 'Left' }));
    case 'delete':
      return await app.deleteImage({ requester: inChannel(act.by, 'C0ATLAS'), jobId: act.jobId });
    case 'later':
      return clock.skip(act.ms);
    case 'pause':
      return await clock.sleep(act.ms);
    case 'sweep':
      return await sweepOnce();
    case 'cron':
      return await cronOnce();
    case 'again':
      return say({ say: 'seq', seq: (await world.book.read()).seq });
  }
}

/** The sweeper may have taken the job in the moment in which it was begun, and goes on with it. */
async function untilNobodyIsAt({ running, clock }: AppContext, jobId: string): Promise<void> {
  while (running.has(jobId)) await clock.sleep(3);
}
