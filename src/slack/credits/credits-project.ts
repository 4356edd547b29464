import type { ProjectBound } from '../../app/clients/bind-project.ts';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { ProjectsView } from '../../app/clients/show-projects.ts';
import type { Audience } from '../../ports/ports.ts';
import { number } from '../../words/figures.ts';
import { COMMANDS } from '../kit/ids.ts';
import { type Message, message } from '../kit/message.ts';
import { code, context, type Inline, name } from '../kit/parts.ts';
import { balanceLines } from '../kit/parts-balance.ts';
import { budgetWords, stateWords } from '../kit/project-words.ts';
import { whyLeftOut } from '../kit/show-to-audience.ts';
import { projectProblem } from '../notes/note-project.ts';

/** A message that nobody scrolls through; Home has pages. */
const PROJECTS_MAX = 20;

/** What a channel, or a thread, is bound to, and what else there is. */
export function projectsMessage(view: ProjectsView, place: 'channel' | 'thread'): Message {
  const { client, bound, projects, audience, mayBind } = view;
  if (!client) return message([['Projects are a client’s. Type this in the channel of a client.']]);
  if (audience !== 'internal') return message([[leftOut(audience)]]);
  const open = projects.filter(({ isClosed }) => !isClosed);
  const title: Inline[] = ['Projects of ', name(client.name)];
  const rows = open.slice(0, PROJECTS_MAX).map(rowOf);
  const rest = open.length - rows.length;
  return message(
    [
      ...boundLines(view, place),
      ...(open.length > 0 ? [title, ...rows] : [['There is no open project of ', name(client.name), '.']]),
      ...(rest > 0 ? [[`… and ${number(rest)} more, in Inkwell’s Home.`]] : []),
    ],
    context(footer({ mayBind, isBound: bound !== null, place })),
  );
}

const leftOut = (audience: Exclude<Audience, 'internal'>) =>
  `Projects aren’t shown here because ${whyLeftOut(audience)}. They are in Inkwell’s Home.`;

const rowOf = (project: ProjectView): Inline[] => [
  name(project.name),
  `  ${budgetWords(project)} · ${stateWords(project)}`,
];

function boundLines({ bound, projects }: ProjectsView, place: 'channel' | 'thread'): Inline[][] {
  if (!bound) return [[`This ${place} is bound to no project.`]];
  const isClosed = projects.some(({ projectId, isClosed: closed }) => projectId === bound.projectId && closed);
  const what: Inline[] = [`Images asked for in this ${bound.of} count for `, name(bound.name), '.'];
  if (isClosed) return [[...what, ' It is closed, so none are made until it is reopened, or another one is bound.']];
  return [what, ...balanceLines(bound)];
}

function footer({ mayBind, isBound, place }: { mayBind: boolean; isBound: boolean; place: string }): string {
  if (!mayBind) return `Owners, and managers who look after the client, bind this ${place} to a project.`;
  const end = isBound ? `; \`${COMMANDS.credits} project none\` ends it` : '';
  const thread = place === 'channel' ? ' With the link of a message after it, it binds only its thread.' : '';
  return `\`${COMMANDS.credits} project\` and a name binds this ${place}${end}.${thread}`;
}

/** What came of binding; a name only where nobody from outside may read it. */
export function boundMessage(
  { audience, place }: { audience: ProjectsView['audience']; place: 'channel' | 'thread' },
  bound: Exclude<ProjectBound, { refusal: unknown }>,
): Message {
  if (!bound.ok) {
    const closed: Inline[][] = bound.problem.reason === 'closed' ? [['Reopen it first, in Inkwell’s Home.']] : [];
    return message([[...projectProblem({ audience, problem: bound.problem })], ...closed, ['Nothing was changed.']]);
  }
  if (bound.projectName === null) return message([[`Images asked for in this ${place} count for no project now.`]]);
  const called: Inline = audience === 'internal' ? name(bound.projectName) : 'the project that you named';
  return message([
    [
      `Images asked for in this ${place} count for `,
      called,
      ' now, unless another one is named with ',
      code('--project'),
      '.',
    ],
  ]);
}

export const otherChannelMessage = (): Message =>
  message([['That message stands in another channel. Type this in that one. Nothing was changed.']]);
