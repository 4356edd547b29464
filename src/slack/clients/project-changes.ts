import { projectIn } from '../../app/changes/present-value.ts';
import type { SetUpChange } from '../../app/changes/reversible-change.ts';
import type { SetupView } from '../../app/messenger.ts';
import { mergedFields } from '../kit/form/shown.ts';
import { bold, channelMention, dateToken, type Inline, name } from '../kit/parts.ts';
import { dateWords } from '../kit/project-words.ts';

/** Changes of projects, and of whether a client is open. */
export type ProjectChange = Extract<SetUpChange, { kind: 'closed' | 'project' | 'place' }>;

/** A project's name, date and stage are one command: what the form did not touch of them is as it stands now. */
export function withoutUntouched(setup: SetupView | null, change: SetUpChange): SetUpChange {
  const now = change.kind === 'project' && projectIn(setup, change.projectId);
  if (!now) return change;
  const { name: called, dueOn, stage } = now;
  const { before: shown, after: typed } = change;
  return { ...change, after: mergedFields({ shown, typed, now: { name: called, dueOn, stage } }) };
}

/** `Spring launch is now due 1 Dec 2026`. */
export function sayProjectChange(setup: SetupView | null, change: ProjectChange): Inline[] {
  const projectName = (id: string) => name(projectIn(setup, id)?.name ?? 'the project');
  switch (change.kind) {
    case 'closed': {
      const { of, id, after } = change;
      const clientName = setup?.clients.find(({ clientId }) => clientId === id)?.name ?? 'the client';
      return [of === 'client' ? name(clientName) : projectName(id), ' is now ', bold(after ? 'closed' : 'open')];
    }
    case 'project':
      return saySaid(change);
    case 'place': {
      const { channelId, threadTs, after } = change;
      const which: Inline[] = threadTs === null ? [] : ['The thread of ', dateToken(Number(threadTs) * 1000), ' in '];
      return [
        ...which,
        channelMention(channelId),
        ' counts toward ',
        after === null ? 'no project' : projectName(after),
      ];
    }
  }
}

function saySaid({ before, after }: ProjectChange & { kind: 'project' }): Inline[] {
  if (before.name === '') return ['The project ', name(after.name), ' was created'];
  const parts: Inline[][] = [
    ...(before.name === after.name ? [] : [['was renamed ', name(after.name)]]),
    ...(before.dueOn === after.dueOn
      ? []
      : [[after.dueOn === null ? 'now has no due date' : `is now due ${dateWords(after.dueOn)}`]]),
    ...(before.stage === after.stage ? [] : [['is now at the stage ', bold(after.stage)]]),
  ];
  return [name(before.name), ' ', ...parts.flatMap((part, at) => (at === 0 ? part : [', ', ...part]))];
}
