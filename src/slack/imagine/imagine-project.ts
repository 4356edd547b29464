import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import type { ProjectView } from '../../app/clients/projects-view.ts';
import type { ProjectsView } from '../../app/clients/show-projects.ts';
import type { Audience } from '../../ports/ports.ts';
import { number } from '../../words/figures.ts';
import { input, listed, option, selectInput } from '../kit/fields.ts';
import { ACTIONS } from '../kit/ids.ts';
import { optionsWithin } from '../kit/options-within.ts';
import { cutTo, plainContext } from '../kit/parts.ts';
import { whyLeftOut } from '../kit/show-to-audience.ts';

/** The value that stands for no project; no project's id has a colon in it. */
export const NO_PROJECT = 'none:';

const HINT_CHARACTERS_MAX = 300;
/** Leaves room for the rest of the form. Other projects can be typed. */
const PROJECTS_BYTES_MAX = 150_000;

/**
 * What the images count for: the channel's client's projects, by their names alone. Also in a channel that people from
 * outside are in, because only the reader sees the form; a guest is not shown what the agency calls its work.
 */
export function projectBlocks(look: ProjectsView | null, chosenId: string | null): KnownBlock[] {
  if (look?.formFace !== 'internal') return [];
  const open = look.projects.filter(({ isClosed }) => !isClosed);
  if (open.length === 0) return [];
  const listedHere = optionsWithin(open.map(optionOf), PROJECTS_BYTES_MAX);
  const more = `The first ${number(listedHere.length)} projects are listed. For another, type /imagine with --project and its name.`;
  return [projectField(look, listedHere, chosenId), ...(open.length > listedHere.length ? [plainContext(more)] : [])];
}

const optionOf = ({ projectId, name }: ProjectView) => option(name, projectId);

/** What the form preselects: what was said, else what the place is bound to. */
export const projectOf = (look: ProjectsView | null, chosenId: string | null): ProjectView | null =>
  look?.projects.find(({ projectId, isClosed }) => !isClosed && projectId === (chosenId ?? look.bound?.projectId)) ??
  null;

function projectField(look: ProjectsView, open: PlainTextOption[], chosenId: string | null): InputBlock {
  const { bound, client } = look;
  const chosen = projectOf(look, chosenId);
  const isListed = !chosen || open.some(({ value }) => value === chosen.projectId);
  // A place that is bound counts for a project in any case: which one can be chosen, none cannot.
  const none = bound ? [] : [option('No project', NO_PROJECT)];
  const options = [...none, ...open, ...(isListed ? [] : [optionOf(chosen)])];
  const present = chosen?.projectId ?? NO_PROJECT;
  const asked = { present, placeholder: 'Choose a project', action: ACTIONS.choose };
  const element = selectInput(
    listed(options, (_, at) => `Projects, part ${at + 1}`),
    asked,
  );
  // Projects belong to one client, so another client's field gets a new block id.
  const blockId = `${PROJECT_BLOCK}.${client?.clientId ?? ''}`;
  return input(blockId, 'Project', element, { dispatch: true, hint: cutTo(hintWords(look), HINT_CHARACTERS_MAX) });
}

export const PROJECT_BLOCK = 'project';

/** Bound names are cut for what follows them. */
function hintWords({ bound, audience }: ProjectsView): string {
  const what = bound ? boundWords(bound) : 'Images use its budget and the client’s.';
  if (audience === 'internal') return what;
  const why = unnamed(audience);
  return `${cutTo(what, HINT_CHARACTERS_MAX - why.length)}${why}`;
}

const unnamed = (audience: Exclude<Audience, 'internal'>) =>
  ` No message here names it because ${whyLeftOut(audience)}.`;

const boundWords = ({ name, of }: { name: string; of: string }) =>
  `Images made in this ${of} count toward ${name} unless you choose another here.`;
