import type { ProjectProblem } from '../../app/clients/find-project.ts';
import type { WaysOut } from '../../app/images/ways-out-view.ts';
import type { Audience } from '../../ports/ports.ts';
import { closest } from '../../words/closest.ts';
import { listedUpTo } from '../../words/parts.ts';
import { code, type Inline, name } from '../kit/parts.ts';
import { isOurs, whyLeftOut } from '../kit/show-to-audience.ts';
import { NOTHING_MADE } from '../kit/text.ts';
import { help } from '../refusals/refusal-limit.ts';
import { wayButtons } from '../refusals/way-buttons.ts';

/** Longer lists are not read. */
const NAMES_MAX = 6;

type Said = { problem: ProjectProblem; audience: Audience; helpers: readonly string[]; ways?: WaysOut | null };

/** Images were asked for with a project that is none, or not any more. */
export const projectParagraphs = (said: Said, { memberId }: { memberId: string }): Inline[][] => [
  projectProblem(said),
  ...(said.problem.reason === 'closed'
    ? [help({ readerId: memberId, audience: said.audience, helpers: said.helpers, clientName: null }, 'reopen it')]
    : []),
  [NOTHING_MADE],
];

/** Offers what can be done about a closed project. */
export function projectButtons({ problem, ways, ...said }: Said, { memberId: readerId }: { memberId: string }) {
  if (!ways || problem.reason !== 'closed') return [];
  const refusal = { reason: 'project_closed', projectId: problem.projectId } as const;
  return wayButtons(ways, refusal, { ...said, readerId, clientName: null });
}

/** What is wrong with a project's name. Other names are the agency's own, and are left out where others read along. */
export function projectProblem({ problem, audience }: Pick<Said, 'problem' | 'audience'>): Inline[] {
  const typed = name(problem.typed);
  switch (problem.reason) {
    case 'closed':
      // The person may have meant it by its id.
      return isOurs(audience)
        ? ['The project ', name(problem.name), ' is closed, so images can’t be made for it.']
        : ['That project is closed, so images can’t be made for it.'];
    case 'unknown':
      return ['This client has no project called ', typed, '. ', ...suggestion(problem, audience)];
  }
}

function suggestion({ typed, openNames }: ProjectProblem & { reason: 'unknown' }, audience: Audience): Inline[] {
  if (audience === 'shared' || audience === 'unsure')
    return [`Its projects are in Inkwell’s Home. They aren’t shown here because ${whyLeftOut(audience)}.`];
  if (openNames.length === 0) return ['It has no open projects.'];
  const folded = new Map(openNames.map((each) => [each.toLowerCase(), each]));
  const meant = folded.get(closest(typed.toLowerCase(), [...folded.keys()]) ?? '');
  const quotes: Inline[] =
    meant?.includes(' ') && !typed.includes(' ')
      ? [' A name of several words goes in quotes: ', code(`"${meant}"`), '.']
      : [];
  if (meant !== undefined) return ['Did you mean ', name(meant), '?', ...quotes];
  return ['It has ', ...listedUpTo(openNames.map(name), NAMES_MAX), '.'];
}
