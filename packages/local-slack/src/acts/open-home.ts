import type { Core } from '../core.ts';
import { deliverEvent } from '../deliveries/events.ts';
import { directMessageWithBot } from '../membership.ts';
import type { ActAnswer } from '../view.ts';
import type { Person } from '../workspace.ts';
import { DONE, refused } from './answers.ts';

/** Opens the app's Home: what was published last shows at once, and the app hears of it. */
export async function openHome(core: Core, { userId }: Person): Promise<ActAnswer> {
  if (!core.manifest.hasHome) return refused('This app has no Home.');
  const { channel } = directMessageWithBot(core, userId);
  const view = core.state.homes.get(userId)?.view;
  await deliverEvent(core, {
    type: 'app_home_opened',
    user: userId,
    channel: channel.channelId,
    tab: 'home',
    event_ts: core.state.nextTs(),
    ...(view ? { view } : {}),
  });
  return DONE;
}
