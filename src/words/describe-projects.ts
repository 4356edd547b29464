import type { ProjectSaid } from '../app/clients/projects.ts';
import { called, type Part, renamed, strong } from './parts.ts';
import { dateWords } from './projects.ts';

export const projectChanged = (name: string): Part[] => ['The project ', called(name), ' was changed'];

/** `Spring launch was renamed Autumn launch, is now due 1 Dec 2026`. */
export function projectChangedFrom(before: ProjectSaid, after: ProjectSaid): Part[] {
  const isRenamed = before.name !== after.name;
  const due = after.dueOn === null ? 'now has no due date' : `is now due ${dateWords(after.dueOn)}`;
  const more: Part[][] = [
    ...(before.dueOn === after.dueOn ? [] : [[due]]),
    ...(before.stage === after.stage ? [] : [['is now at the stage ', strong(after.stage)]]),
  ];
  const [first, ...rest] = isRenamed ? [renamed('project', before.name, after.name), ...more] : more;
  if (!first) return projectChanged(after.name);
  return [
    ...(isRenamed ? [] : [called(before.name), ' ']),
    ...first,
    ...rest.flatMap((each): Part[] => [', ', ...each]),
  ];
}
