import type { ActionsBlock, KnownBlock } from '@slack/types';
import type { SetupView } from '../../app/messenger.ts';
import { number } from '../../words/figures.ts';
import { pageOf } from '../kit/home-location.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { button, confirmation, plain, title } from '../kit/parts.ts';
import { channelLink, moment } from '../kit/text.ts';

type Client = SetupView['clients'][number];
type Button = ActionsBlock['elements'][number] & { type: 'button' };

/** A channel that belongs to the client, or a channel or thread whose images count for one of its projects. */
type Place = { blockId: string; where: string; what: string; unbind: Button };

/** Everything that is bound to a client or to its projects, each with the way out of it. */
export function placesBlocks(client: Client, pages: HomeLocation): KnownBlock[] {
  const { projects } = client;
  const places = [...channelsOf(client, pages), ...projects.flatMap((project) => placesOf(project, pages))];
  const { rows, pager } = pageOf(places, 'places', pages);
  if (places.length === 0) return [];
  return [title(`Channels and threads · ${number(places.length)}`), ...rows.map(placeRow), ...pager];
}

const placeRow = ({ blockId, where, what, unbind }: Place): KnownBlock => ({
  type: 'section',
  block_id: blockId,
  text: { type: 'mrkdwn', text: where },
  fields: [plain(what)],
  accessory: unbind,
});

const channelsOf = ({ clientId, name, channelIds }: Client, pages: HomeLocation): Place[] =>
  channelIds.map((channelId) => ({
    blockId: `belongs.${channelId}`,
    where: channelLink(channelId),
    what: `Belongs to ${name}`,
    unbind: {
      ...button('Unlink', {
        action: ACTIONS.homeUnbindChannel,
        value: writeMetadata(pages, clientId, channelId),
        label: `Unlink a channel from ${name}`,
      }),
      confirm: confirmation({
        title: 'Unlink this channel?',
        text: 'It will have no client, and images can’t be made there until you link it again. Past usage stays with the client it was spent for.',
        confirm: 'Unlink',
      }),
    },
  }));

function placesOf({ projectId, name, channelIds, threads }: Client['projects'][number], pages: HomeLocation): Place[] {
  const unbind = (label: string, ...place: string[]) =>
    button('Unlink', { action: ACTIONS.homeUnbindProject, value: writeMetadata(pages, projectId, ...place), label });
  return [
    ...channelIds.map((channelId) => ({
      blockId: `counts.${channelId}`,
      where: channelLink(channelId),
      what: `Counts toward ${name}`,
      unbind: unbind(`Unlink a channel from ${name}`, channelId),
    })),
    ...threads.map(({ channelId, threadId }) => ({
      blockId: `counts.${channelId}.${threadId}`,
      where: `The thread ${moment(Number(threadId) * 1000, 'of ')} in ${channelLink(channelId)}`,
      what: `Counts toward ${name}`,
      unbind: unbind(`Unlink a thread from ${name}`, channelId, threadId),
    })),
  ];
}
