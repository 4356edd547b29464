import { z } from 'zod';
import { projectIn } from '../../app/changes/present-value.ts';
import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import { projectAccount } from '../../ledger/accounts.ts';
import { STAGES } from '../../ledger/work.ts';
import { FIELDS } from '../kit/fields.ts';
import { mergedFields } from '../kit/form/shown.ts';
import { readCredits, readName } from '../kit/form/typed.ts';
import {
  dateAt,
  type FieldsRead,
  fieldOf,
  given,
  optionAt,
  roomAt,
  together,
  typedAt,
  type Values,
} from '../kit/form/values.ts';
import { pagesOnWire } from '../kit/form-metadata.ts';
import { parsed } from '../kit/home-metadata.ts';

export const PROJECT_FIELDS = { due: 'due', stage: 'stage', state: 'state' } as const;

const id = z.string().max(120);
const onWire = z.object({
  pages: pagesOnWire,
  clientId: id,
  projectId: id,
  /** The values that the form was opened with, so that only edited fields change. */
  shown: z.object({
    name: z.string().max(200),
    dueOn: z.string().max(20).nullable(),
    stage: z.enum(STAGES),
    budgetCredits: z.int().nullable(),
    isClosed: z.boolean(),
  }),
});
type ProjectMetadata = z.infer<typeof onWire>;
export type ProjectShown = ProjectMetadata['shown'];

export const NOTHING: ProjectShown = { name: '', dueOn: null, stage: 'concept', budgetCredits: null, isClosed: false };

export const readProjectMetadata = (metadata: string): ProjectMetadata | null =>
  onWire.safeParse(parsed(metadata)).data ?? null;

/** What one command says of a project. */
export const said = ({ name, dueOn, stage }: Pick<ProjectShown, 'name' | 'dueOn' | 'stage'>) => ({
  name,
  dueOn,
  stage,
});

type ProjectTyped = { given: ProjectShown; channelId: string | null };

/** Reads a project's form as the person's Slack client shows it. A missing field keeps its shown value. */
export function readProject(form: Values, { shown }: ProjectMetadata): FieldsRead<ProjectTyped> {
  const stage = optionAt(form, PROJECT_FIELDS.stage);
  const state = optionAt(form, PROJECT_FIELDS.state);
  const hasBudget = fieldOf(form, FIELDS.total) !== null;
  const read = together({
    name: typedAt(form, FIELDS.name, readName),
    dueOn: given(dateAt(form, PROJECT_FIELDS.due)),
    stage: given(STAGES.find((each) => each === stage) ?? shown.stage),
    budgetCredits: hasBudget ? typedAt(form, FIELDS.total, readCredits) : given(shown.budgetCredits),
    isClosed: given(state === null ? shown.isClosed : state === 'closed'),
    channelId: roomAt(form, FIELDS.channel),
  });
  if (!read.ok) return read;
  const { channelId, ...typed } = read.value;
  return given({ given: typed, channelId });
}

/** Only what was changed. Opened before all else, because a closed project takes no channel; closed after it. */
export function changesOf(
  { projectId, shown }: ProjectMetadata,
  { given: typed, channelId }: ProjectTyped,
): SetUpChange[] {
  const [before, after] = [said(shown), said(typed)];
  const { isClosed } = typed;
  const closing: SetUpChange[] =
    shown.isClosed === isClosed
      ? []
      : [{ kind: 'closed', of: 'project', id: projectId, before: shown.isClosed, after: isClosed }];
  const others: SetUpChange[] = [
    ...(JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [{ kind: 'project' as const, projectId, before, after }]),
    ...budgetChange(projectId, shown, typed),
    ...placeChange(projectId, channelId),
  ];
  return isClosed ? [...others, ...closing] : [...closing, ...others];
}

const placeChange = (projectId: string, channelId: string | null): SetUpChange[] =>
  channelId === null ? [] : [{ kind: 'place', channelId, threadTs: null, before: null, after: projectId }];

type Budget = Pick<ProjectShown, 'budgetCredits'>;

function budgetChange(
  projectId: string,
  { budgetCredits: before }: Budget,
  { budgetCredits: after }: Budget,
): SetUpChange[] {
  const account = projectAccount(projectId);
  return before === after ? [] : [{ kind: 'limit', account, window: 'total', before, after }];
}

/** A project's name, date and stage are one command: what the form did not touch of them is as it stands now. */
export function withoutUntouched(setup: SetupView | null, change: SetUpChange): SetUpChange {
  const now = change.kind === 'project' && projectIn(setup, change.projectId);
  if (!now) return change;
  const { name: called, dueOn, stage } = now;
  const { before: shown, after: typed } = change;
  return { ...change, after: mergedFields({ shown, typed, now: { name: called, dueOn, stage } }) };
}
