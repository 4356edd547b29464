import type { KnownBlock } from '@slack/types';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { CreditsView } from '../../app/home/credits-view.ts';
import type { SetupView } from '../../app/messenger.ts';
import { clientAccount } from '../../ledger/accounts.ts';
import { balanceInShort } from '../../words/balances.ts';
import { counted, list, number } from '../../words/figures.ts';
import { budgetWords, stateWords } from '../../words/projects.ts';
import { pageOf } from '../kit/home-location.ts';
import { type HomeLocation, writeMetadata } from '../kit/home-metadata.ts';
import { ACTIONS } from '../kit/ids.ts';
import { actions, button, confirmation, context, header, plain, plainContext } from '../kit/parts.ts';
import { channelLink } from '../kit/text.ts';
import { placesBlocks } from './home-places.ts';

type Client = SetupView['clients'][number];
type Look = { credits: CreditsView; pages: HomeLocation };

const CHANNELS_MAX = 3;

/** One client with its projects and where they are bound, in place of the list of clients. */
export function projectsBlocks(client: Client, setup: SetupView, { credits, pages }: Look): KnownBlock[] {
  const { clientId, projects, isClosed } = client;
  const { rows, pager } = pageOf(projects, 'projects', pages);
  const part = client.balance ?? credits.clients.find(({ account }) => account === clientAccount(clientId));
  const { open: _, ...allClients } = pages;
  return [
    header(`${client.name}${isClosed ? ' · closed' : ''}`),
    ...(part ? [plainContext(balanceInShort(part))] : []),
    actions(
      button('‹ All clients', { action: ACTIONS.homeAllClients, value: writeMetadata(allClients) }),
      ...(isClosed ? [] : [createButton(client, pages)]),
      ...closeButtons(client, setup, pages),
    ),
    ...rows.map((project) => projectRow(project, pages)),
    ...(projects.length === 0
      ? [context('No projects yet. A project has its own budget, and its images also use the client’s credits.')]
      : []),
    ...pager,
    ...placesBlocks(client, pages),
  ];
}

/** `Projects · 3`, and for owners to close or reopen; below a client's row. */
export const clientActions = (client: Client, setup: SetupView, pages: HomeLocation): KnownBlock => {
  const { clientId, projects, name } = client;
  return actions(
    button(`Projects · ${number(projects.length)}`, {
      action: ACTIONS.homeProjects,
      value: writeMetadata({ ...pages, members: 0, open: { clientId, page: 0 } }),
      label: `Projects of ${name}`,
    }),
    ...(client.qualityCap?.mayLift ? [liftButton(client, pages)] : []),
    ...closeButtons(client, setup, pages),
  );
};

const liftButton = ({ clientId, name }: Client, pages: HomeLocation) =>
  button('Allow all qualities', {
    action: ACTIONS.alertLiftCap,
    value: writeMetadata(pages, clientAccount(clientId), 'month'),
    label: `Allow all qualities for ${name}`,
  });

const createButton = ({ clientId, projects }: Client, pages: HomeLocation) =>
  button('Create a project', {
    action: ACTIONS.homeCreateProject,
    value: writeMetadata(pages, clientId),
    ...(projects.length === 0 ? { style: 'primary' as const } : {}),
  });

function closeButtons({ clientId, name, isClosed }: Client, { mayCloseClients }: SetupView, pages: HomeLocation) {
  if (!mayCloseClients) return [];
  const value = writeMetadata(pages, clientId);
  if (isClosed) return [button('Reopen client', { action: ACTIONS.homeReopenClient, value, label: `Reopen ${name}` })];
  const confirm = confirmation({
    title: 'Close this client?',
    text: 'Spending stops immediately in all its channels and projects. Images in progress will finish. Usage and settings are kept, and you can reopen it.',
    confirm: 'Close',
  });
  return [{ ...button('Close client', { action: ACTIONS.homeCloseClient, value, label: `Close ${name}` }), confirm }];
}

function projectRow(project: ProjectView, pages: HomeLocation): KnownBlock {
  const { projectId, name, channelIds, threads } = project;
  const inThreads = threads.length === 0 ? [] : [counted(threads.length, 'thread')];
  const more = channelIds.length > CHANNELS_MAX ? [`${number(channelIds.length - CHANNELS_MAX)} more channels`] : [];
  const places = [...channelIds.slice(0, CHANNELS_MAX).map(channelLink), ...more, ...inThreads];
  return {
    type: 'section',
    block_id: `project.${projectId}`,
    text: plain(name),
    fields: [
      { type: 'mrkdwn', text: budgetWords(project) },
      { type: 'mrkdwn', text: `${project.isOverdue ? ':warning: ' : ''}${stateWords(project)}` },
      ...(places.length > 0 ? [{ type: 'mrkdwn' as const, text: list(places) }] : []),
    ],
    accessory: button('Edit', {
      action: ACTIONS.homeProject,
      value: writeMetadata(pages, projectId),
      label: `Edit ${name}`,
    }),
  };
}
