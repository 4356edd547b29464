import type { KnownBlock } from '@slack/types';
import type { CreditsView } from '../../app/home/credits-view.ts';
import { shareLeft } from '../../ledger/usage/least-left.ts';
import type { Audience } from '../../ports/ports.ts';
import { balanceInShort, balanceLines } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, words } from '../kit/message.ts';
import { bold, code, context, divider, type Inline, name, richLines } from '../kit/parts.ts';
import { creditsToShow, isLessThanKnown, OUTSIDERS_HERE, whyLeftOut } from '../kit/show-to-audience.ts';

/** Fits a message that needs no scrolling. Home has pages. */
const CLIENTS_MAX = 20;

/** What one person is told of credits, privately. It prints what the view holds and nothing that it could infer. */
export function creditsMessage(known: CreditsView): Message {
  const view = creditsToShow(known);
  const parts = [
    ownPart(view),
    ownInClientPart(view),
    ...teamParts(view),
    clientPart(view),
    projectPart(view),
    agencyPart(view),
  ].filter((part) => part.length > 0);
  const list = clientsPart(view);
  return {
    text: words(parts.flat()),
    blocks: [
      ...parts.map((part) => richLines(...part)),
      ...(list.length > 0 ? [divider, ...list] : []),
      ...markBlocks(known, view.audience),
      context(`\`${COMMANDS.credits} help\` explains the terms and lists who can help.`),
    ],
  };
}

/** Says who else is in the channel, and that something is left out because of them. */
function markBlocks(known: CreditsView, audience: Audience): KnownBlock[] {
  if (audience === 'internal') return [];
  if (isLessThanKnown(known)) return [context(leftOut(audience))];
  return audience === 'alone' ? [context(OUTSIDERS_HERE)] : [];
}

const leftOut = (audience: Exclude<Audience, 'internal'>) =>
  audience === 'alone'
    ? `${OUTSIDERS_HERE} See the rest in Inkwell’s Home.`
    : `Some credits aren’t shown because ${whyLeftOut(audience)}. See the rest in Inkwell’s Home.`;

const readerOf = ({ role }: CreditsView) => ({ makes: role !== 'viewer' });

function ownPart(view: CreditsView): Inline[][] {
  const { own, role } = view;
  if (own.usedThisMonthCredits > 0 || own.standings.length > 0 || own.heldCredits > 0) {
    return [[bold('Your credits')], ...balanceLines(own, readerOf(view))];
  }
  const start: Inline[] = [
    'None used this month. You have no personal limit. Try ',
    code(`${COMMANDS.imagine} a red fox at dusk`),
    ' in a client’s channel.',
  ];
  const look: Inline[] = ['None used this month. You’re a viewer: you can look, but not make images.'];
  return [[bold('Your credits')], role === 'viewer' ? look : start];
}

function clientPart(view: CreditsView): Inline[][] {
  const { client, channelId, boundToNone, role } = view;
  if (client) return [[name(client.name), ', this channel’s client'], ...balanceLines(client, readerOf(view))];
  if (channelId === null || !isChannel(channelId)) return [];
  if (boundToNone) return [['This channel has no client, so images can’t be made here.']];
  const undecided: Inline[] = ['This channel doesn’t belong to a client yet.'];
  return [
    role === 'viewer' ? undecided : [...undecided, ' The first ', code(COMMANDS.imagine), ' here asks which one.'],
  ];
}

const ownInClientPart = ({ ownInClient, client }: CreditsView): Inline[][] =>
  ownInClient && client ? [[bold('Your limit for '), name(client.name)], ...balanceLines(ownInClient)] : [];

const teamParts = (view: CreditsView): Inline[][][] =>
  view.teams.map((team) => [[name(team.name), ', your team'], ...balanceLines(team, readerOf(view))]);

function projectPart(view: CreditsView): Inline[][] {
  const { project } = view;
  if (!project) return [];
  return [[name(project.name), `, this ${project.of}’s project`], ...balanceLines(project, readerOf(view))];
}

const agencyPart = ({ agency }: CreditsView): Inline[][] =>
  agency ? [[bold('The agency')], ...balanceLines(agency)] : [];

function clientsPart({ clients, client, leastLeft }: CreditsView): KnownBlock[] {
  const others = (leastLeft ?? inOrder(clients)).filter(({ account }) => account !== client?.account);
  const othersCount = leastLeft ? clients.length - (client ? 1 : 0) : others.length;
  if (others.length === 0) return [];
  const shown = others.slice(0, CLIENTS_MAX);
  const title = client ? 'Other clients' : 'Clients';
  const rows = shown.map((each): Inline[] => [name(each.name), `  ${balanceInShort(each)}`]);
  const rest = othersCount - shown.length;
  const note =
    rest > 0
      ? [context(`The ${number(shown.length)} with the least left. All ${number(othersCount)} are in Inkwell’s Home.`)]
      : [];
  return [richLines([bold(title)], ...rows), ...note];
}

/** Where the end is near comes first; what nothing limits comes last. */
const inOrder = (clients: CreditsView['clients']) =>
  clients.toSorted((a, b) => compare(shareLeft(a.standings), shareLeft(b.standings)));

const compare = (one: number, other: number) => (one === other ? 0 : one < other ? -1 : 1);

/** Direct messages have ids of another letter. */
const isChannel = (channelId: string) => !channelId.startsWith('D');
