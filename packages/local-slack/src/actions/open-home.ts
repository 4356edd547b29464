import type { LocalSlackContext } from '../context.ts';
import { deliverEvent } from '../deliveries/events.ts';
import { directMessageWithBot } from '../membership.ts';
import type { ActAnswer } from '../view.ts';
import type { Person } from '../workspace.ts';
import { DONE, refused } from './answers.ts';

/** Opens the app's Home: what was published last shows at once, and the app hears of it. */
export async function openHome(context: LocalSlackContext, { userId }: Person): Promise<ActAnswer> {
  if (!context.manifest.hasHome) return refused('This app has no Home.');
  const { channel } = directMessageWithBot(context, userId);
  const view = context.state.homes.get(userId)?.view;
  await deliverEvent(context, {
    type: 'app_home_opened',
    user: userId,
    channel: channel.channelId,
    tab: 'home',
    event_ts: context.state.nextTs(),
    ...(view ? { view } : {}),
  });
  return DONE;
}
