import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import { projectAccount } from '../../ledger/accounts.ts';
import { STAGES } from '../../ledger/work.ts';

import { type Form, type FormRead, readFields } from '../admin-forms/set-up-read.ts';
import { dateIn, fieldOf, optionIn } from '../admin-forms/set-up-values.ts';
import { PROJECT_FIELDS, type ProjectHint, type ProjectShown } from './project-form.ts';

export type ProjectRead =
  | { ok: true; given: ProjectShown; channelId: string | null }
  | { ok: false; errors: Record<string, string> };

/** A project's form as it stands in somebody's client. */
export function readProject(form: Form, { shown }: ProjectHint): ProjectRead {
  const fields = readFields(form, { name: true });
  if (!fields.ok) return fields;
  const { name, limits, channelId } = fields;
  const stage = STAGES.find((each) => each === optionIn(fieldOf(form, PROJECT_FIELDS.stage))) ?? shown.stage;
  const state = optionIn(fieldOf(form, PROJECT_FIELDS.state));
  const isClosed = state === null ? shown.isClosed : state === 'closed';
  const dueOn = dateIn(fieldOf(form, PROJECT_FIELDS.due));
  const { total: budgetCredits = shown.budgetCredits } = limits;
  return { ok: true, given: { name, dueOn, stage, budgetCredits, isClosed }, channelId };
}

/** Only what was changed in it. Opened before all else, because a closed project takes no channel; closed after it. */
export function readProjectForm(form: Form, hint: ProjectHint): FormRead {
  const read = readProject(form, hint);
  if (!read.ok) return read;
  const { projectId, shown } = hint;
  const { given, channelId } = read;
  const said = ({ name, dueOn, stage }: ProjectShown) => ({ name, dueOn, stage });
  const isSaidAnew = JSON.stringify(said(shown)) !== JSON.stringify(said(given));
  const closing: SetUpChange[] =
    shown.isClosed === given.isClosed
      ? []
      : [{ kind: 'closed', of: 'project', id: projectId, before: shown.isClosed, after: given.isClosed }];
  const others: SetUpChange[] = [
    ...(isSaidAnew ? [{ kind: 'project' as const, projectId, before: said(shown), after: said(given) }] : []),
    ...budgetChange(projectId, { shown, given }),
    ...(channelId === null ? [] : [placeChange(channelId, projectId)]),
  ];
  return { ok: true, changes: given.isClosed ? [...others, ...closing] : [...closing, ...others] };
}

export const placeChange = (channelId: string, projectId: string): SetUpChange => ({
  kind: 'place',
  channelId,
  threadTs: null,
  before: null,
  after: projectId,
});

export const budgetChange = (
  projectId: string,
  { shown, given }: Record<'shown' | 'given', Pick<ProjectShown, 'budgetCredits'>>,
): SetUpChange[] =>
  shown.budgetCredits === given.budgetCredits
    ? []
    : [
        {
          kind: 'limit',
          account: projectAccount(projectId),
          window: 'total',
          before: shown.budgetCredits,
          after: given.budgetCredits,
        },
      ];
