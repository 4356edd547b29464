import type { WebClient } from '@slack/web-api';
import type { HomeLook as HomeAsked } from '../../app/home/show-home.ts';
import { type Clock, DeliveryFault } from '../../ports/ports.ts';
import { FIRST_PAGES, type HomeLocation } from '../kit/home-metadata.ts';
import type { NotSpending } from '../kit/once.ts';
import { type Attempted, callSlack, REPEATABLE } from '../messenger/call-slack.ts';
import type { SendNewer } from '../messenger/send-newer.ts';
import { type HomeLook, home } from './home.ts';

export type Publish = (client: WebClient, userId: string, look?: Partial<Omit<HomeLook, 'pictures'>>) => Promise<void>;

/** What Slack answers when it does not like a block, such as one with a picture that is gone. */
const BLOCKS_REFUSED = new Set(['invalid_arguments', 'invalid_blocks']);

/**
 * Publishes a person's Home as it is now. One after the other for each person, and each reads the state in its turn, so
 * that of two changes the Home of the first can never cover that of the second.
 */
export function createPublish({ app, clock, sendNewer = asTheyAre }: Given): Publish {
  const turns = new Map<string, Promise<void>>();
  return async (client, userId, look = {}) => {
    const before = turns.get(userId) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => publish({ app, clock, client, sendNewer }, userId, look));
    turns.set(userId, turn);
    try {
      await turn;
    } finally {
      if (turns.get(userId) === turn) turns.delete(userId);
    }
  };
}

type Given = { app: NotSpending; clock: Clock; sendNewer?: SendNewer };
type Parts = Required<Given> & { client: WebClient };

const asTheyAre: SendNewer = (blocks, send) => send([...blocks]);

/** What the part of Home that is in front shows besides. */
function asked({ tab, members: page, find = '', filter = 'all' }: Partial<HomeLocation> = {}): Omit<HomeAsked, 'by'> {
  if (tab === 'people') return { people: { find, filter, page: page ?? 0 } };
  if (tab === 'limits') return { limits: { page: page ?? 0, find } };
  if (tab === 'changes') return { changes: { page: page ?? 0 } };
  return tab === 'clients' ? {} : { overview: true };
}

async function publish(parts: Parts, userId: string, look: Parameters<Publish>[2]): Promise<void> {
  const { app, clock, client, sendNewer } = parts;
  const seen = await app.showHome({ by: userId, ...asked(look?.pages) });
  const draw = (pictures: boolean): Promise<Attempted<unknown>> => {
    const view = home(seen, { notices: [], pages: FIRST_PAGES, ...look, pictures });
    return sendNewer(view.blocks, (blocks) =>
      callSlack(clock, () => client.views.publish({ user_id: userId, view: { ...view, blocks } }), REPEATABLE),
    );
  };
  const drawn = await draw(true);
  if (drawn.ok) return;
  const again = BLOCKS_REFUSED.has(drawn.failure.code) ? await draw(false) : drawn;
  if (!again.ok) throw new DeliveryFault(again.failure.code);
}
