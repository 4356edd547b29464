import type { ImageInput } from '../../../src/app/inputs.ts';
import { CARD, CHANNELS, PROJECTS, THREAD } from '../world/agency.ts';
import { type Act, type MakeAct, requester, type Scene, somebody } from './scene.ts';

const MAKERS = ['creator', 'manager', 'owner'];

const request: MakeAct = (scene) => {
  const { chance } = scene;
  const delivery = scene.newDelivery();
  const channelId = chance.is(0.03) ? 'C0PITCH' : chance.pick(CHANNELS.slice(0, 4));
  const by = somebody(scene, chance.is(0.85) ? ['creator'] : MAKERS, 0.05);
  const threadId = chance.is(0.2) ? THREAD : null;
  return asking(scene, {
    deliveryId: delivery,
    requester: requester(by, channelId, delivery, threadId),
    place: { channelId, threadId },
    prompt: chance.is(0.005) ? ' ' : `${delivery} a fox`,
    options: optionsAtChance(scene),
    imagesCount: chance.pick([1, 1, 1, 1, 2, 2, 3]),
    from: chance.is(0.3) ? 'form' : 'channel',
    stage: chance.is(0.3) ? 'final' : null,
    project: chance.is(0.15) ? chance.pick(PROJECTS) : null,
  });
};

function asking(scene: Scene, input: ImageInput): Act {
  const act = { name: 'request', deliver: (app: Parameters<Act['deliver']>[0]) => app.requestImage(input) };
  const { deliveryId: jobId } = input;
  const other = { ...input, imagesCount: input.imagesCount + 1, prompt: `${jobId} another fox` };
  const again = (): Act => ({ name: 'request reused', isForged: true, deliver: (app) => app.requestImage(other) });
  const { requester: asks, place } = input;
  scene.asked.push({ jobId, by: asks.memberId, channelId: place.channelId, again });
  return act;
}

function optionsAtChance({ chance }: Scene): ImageInput['options'] {
  const model = chance.is(0.75) ? CARD.models[0] : CARD.models.at(-1);
  if (!model || chance.is(0.2)) return {};
  return { model: model.id, size: chance.pick(model.sizes), quality: chance.pick(model.qualities) };
}

/** Everybody at once, for what may be the last credits. */
const crowd: MakeAct = (scene) => {
  const acts = Array.from({ length: scene.chance.int(3, 8) }, () => request(scene));
  return {
    name: 'crowd',
    operations: acts.length,
    deliver: (app, remembers) => Promise.all(acts.map((act) => act?.deliver(app, remembers))),
  };
};

const reuse: MakeAct = ({ chance, asked }) => (asked.length > 0 ? chance.pick(asked.slice(-20)).again() : null);

const repeat: MakeAct = (scene) => {
  const { chance, asked } = scene;
  if (asked.length === 0) return null;
  const { jobId, ...its } = chance.pick(asked.slice(-20));
  const deliveryId = scene.newDelivery();
  const by = chance.is(0.7) ? its.by : somebody(scene, MAKERS);
  const clicks = requester(by, its.channelId, deliveryId);
  return {
    name: 'repeat',
    deliver: (app) => app.repeatImage({ deliveryId, requester: clicks, place: placeOf(its), jobId }),
  };
};

const remove: MakeAct = (scene) => {
  const { chance, asked } = scene;
  if (asked.length === 0) return null;
  const { jobId, ...its } = chance.pick(asked.slice(-30));
  const by = chance.is(0.7) ? its.by : somebody(scene, MAKERS);
  const clicks = requester(by, its.channelId, scene.newDelivery());
  return { name: 'delete', deliver: (app) => app.deleteImage({ requester: clicks, jobId }) };
};

const open: MakeAct = (scene) => {
  const { chance, asked } = scene;
  if (asked.length === 0) return null;
  const { jobId, ...its } = chance.pick(asked);
  const clicks = requester(somebody(scene, MAKERS), its.channelId, scene.newDelivery());
  return { name: 'open', deliver: (app) => app.openImage({ requester: clicks, place: placeOf(its), jobId }) };
};

/** In Slack itself, where Inkwell has no say. */
const deleteMessage: MakeAct = ({ chance, slack }) => {
  const sheets = [...slack.sheets.values()];
  const cards = [...slack.cards.values()];
  if (sheets.length === 0) return null;
  (chance.is(0.8) || cards.length === 0 ? chance.pick(sheets.slice(-8)) : chance.pick(cards)).isGone = true;
  return { name: 'message deleted', deliver: async () => {} };
};

const archive: MakeAct = ({ chance, slack }) => {
  const channelId = chance.pick(CHANNELS);
  if (!slack.archived.delete(channelId)) slack.archived.add(channelId);
  return { name: 'channel archived', deliver: async () => {} };
};

export const MAKING = { request, crowd, reuse, repeat, remove, open, deleteMessage, archive };

const placeOf = ({ channelId }: { channelId: string }) => ({ channelId, threadId: null });
