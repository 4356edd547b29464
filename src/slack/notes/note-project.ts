import type { ProjectProblem } from '../../app/clients/find-project.ts';
import type { Face } from '../../ports/ports.ts';
import { closest } from '../kit/closest.ts';
import { whyLeftOut } from '../kit/face.ts';
import { code, few, type Inline, name } from '../kit/parts.ts';
import { help } from '../refusals/refusal-limit.ts';

/** More names than this are a list nobody reads. */
const NAMES_MAX = 6;

type Said = { problem: ProjectProblem; face: Face; helpers: readonly string[] };

/** Images were asked for with a project that is none, or not any more. */
export const projectParagraphs = (said: Said, { memberId }: { memberId: string }): Inline[][] => [
  projectProblem(said),
  ...(said.problem.reason === 'closed'
    ? [help({ readerId: memberId, face: said.face, helpers: said.helpers, clientName: null }, 'reopen it')]
    : []),
  ['Nothing was made, and nothing was charged.'],
];

/** What is wrong with a project's name. Other names are the agency's own, and are left out where others read along. */
export function projectProblem({ problem, face }: Pick<Said, 'problem' | 'face'>): Inline[] {
  const typed = name(problem.typed);
  switch (problem.reason) {
    case 'closed':
      // Somebody may have meant it by its id.
      return face === 'internal'
        ? ['The project ', name(problem.name), ' is closed, so nothing is made for it.']
        : ['That project is closed, so nothing is made for it.'];
    case 'unknown':
      return ['This client has no project called ', typed, '. ', ...suggestion(problem, face)];
  }
}

function suggestion({ typed, openNames }: ProjectProblem & { reason: 'unknown' }, face: Face): Inline[] {
  if (face !== 'internal')
    return [`Its projects are in Inkwell’s Home. They aren’t shown here because ${whyLeftOut(face)}.`];
  if (openNames.length === 0) return ['It has no open project.'];
  const folded = new Map(openNames.map((each) => [each.toLowerCase(), each]));
  const meant = folded.get(closest(typed.toLowerCase(), [...folded.keys()]) ?? '');
  const quotes: Inline[] =
    meant?.includes(' ') && !typed.includes(' ')
      ? [' A name of several words goes in quotes: ', code(`"${meant}"`), '.']
      : [];
  if (meant !== undefined) return ['Did you mean ', name(meant), '?', ...quotes];
  return ['It has ', ...few(openNames.map(name), NAMES_MAX), '.'];
}
