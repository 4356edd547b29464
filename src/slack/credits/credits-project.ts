import type { ProjectBound } from '../../app/clients/bind-project.ts';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { ProjectsView } from '../../app/clients/show-projects.ts';
import type { LessSaid } from '../../app/limits/less-said.ts';
import type { Audience } from '../../ports/ports.ts';
import { balanceLines } from '../../words/balances.ts';
import { number } from '../../words/figures.ts';
import { budgetWords, stateWords } from '../../words/projects.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { code, context, type Inline, name } from '../kit/parts.ts';
import { isOurs, lessToShow, OUTSIDERS_HERE, whyLeftOut } from '../kit/show-to-audience.ts';
import { projectProblem } from '../notes/note-project.ts';

/** Fits a message that needs no scrolling. Home has pages. */
const PROJECTS_MAX = 20;

/** What a channel, or a thread, is bound to, and what else there is. */
export function projectsMessage(view: ProjectsView, place: 'channel' | 'thread'): Message {
  const { client, audience, mayBind, makes } = view;
  if (!client) return message([['Projects belong to a client. Type this in a client’s channel.']]);
  if (audience === 'shared' || audience === 'unsure') return message([[leftOut(audience)]]);
  const shown = <Of extends { less?: LessSaid | null }>(each: Of): Of => ({
    ...each,
    less: lessToShow(each, { audience, readerId: NO_READER }),
  });
  const bound = view.bound && shown(view.bound);
  const projects = view.projects.map(shown);
  const open = projects.filter(({ isClosed }) => !isClosed);
  const title: Inline[] = ['Projects of ', name(client.name)];
  const rows = open.slice(0, PROJECTS_MAX).map(rowOf);
  const rest = open.length - rows.length;
  return message(
    [
      ...boundLines({ bound, projects, makes }, place),
      ...(open.length > 0 ? [title, ...rows] : [[name(client.name), ' has no open projects.']]),
      ...(rest > 0 ? [[`… and ${number(rest)} more, in Inkwell’s Home.`]] : []),
    ],
    context(footer({ mayBind, isBound: bound !== null, place })),
    ...(audience === 'alone' ? [context(OUTSIDERS_HERE)] : []),
  );
}

/** A project is above no person’s own account. */
const NO_READER = '';

const leftOut = (audience: Exclude<Audience, 'internal'>) =>
  `Projects aren’t shown here because ${whyLeftOut(audience)}. See them in Inkwell’s Home.`;

const rowOf = (project: ProjectView): Inline[] => [
  name(project.name),
  `  ${budgetWords(project)} · ${stateWords(project)}`,
];

function boundLines(
  { bound, projects, makes }: Pick<ProjectsView, 'bound' | 'projects' | 'makes'>,
  place: 'channel' | 'thread',
): Inline[][] {
  if (!bound) return [[`This ${place} has no project.`]];
  const isClosed = projects.some(({ projectId, isClosed: closed }) => projectId === bound.projectId && closed);
  const what: Inline[] = [`Images made in this ${bound.of} count toward `, name(bound.name), '.'];
  if (isClosed)
    return [[...what, ' It’s closed, so no images are made until it’s reopened or another project is linked.']];
  return [what, ...balanceLines(bound, { makes })];
}

function footer({ mayBind, isBound, place }: { mayBind: boolean; isBound: boolean; place: string }): string {
  if (!mayBind) return `Owners and the client’s managers can link this ${place} to a project.`;
  const end = isBound ? `; \`${COMMANDS.credits} project none\` unlinks it` : '';
  const thread = place === 'channel' ? ' Add a message link to link only that thread.' : '';
  return `\`${COMMANDS.credits} project\` and a name links this ${place}${end}.${thread}`;
}

/** Tells the result of a link. It names the project only where no person from outside reads along. */
export function boundMessage(
  { audience, place }: { audience: ProjectsView['audience']; place: 'channel' | 'thread' },
  bound: Exclude<ProjectBound, { refusal: unknown }>,
): Message {
  if (!bound.ok) {
    const closed: Inline[][] = bound.problem.reason === 'closed' ? [['Reopen it first, in Inkwell’s Home.']] : [];
    return message([[...projectProblem({ audience, problem: bound.problem })], ...closed, ['Nothing was changed.']]);
  }
  if (bound.projectName === null) return message([[`Images made in this ${place} now count toward no project.`]]);
  const called: Inline = isOurs(audience) ? name(bound.projectName) : 'the project you named';
  return message([
    [
      `Images made in this ${place} now count toward `,
      called,
      ', unless another is named with ',
      code('--project'),
      '.',
    ],
  ]);
}

export const threadMessage = (): Message =>
  message([['After --thread comes a message link, from “Copy link” in its menu. Nothing was changed.']]);

export const otherChannelMessage = (): Message =>
  message([['That message is in another channel. Type this there. Nothing was changed.']]);
