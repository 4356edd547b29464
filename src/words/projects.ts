import type { ProjectView } from '../app/clients/projects-view.ts';
import { credits, number } from './figures.ts';

/** `300 of 1,200 used, 20 on hold`, `300 credits used, no budget`. */
export function budgetWords({ budgetCredits, usedCredits, heldCredits }: ProjectView): string {
  const held = heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';
  if (budgetCredits === null) return `${credits(usedCredits)} used${held}, no budget`;
  const over = usedCredits > budgetCredits ? `, over by ${number(usedCredits - budgetCredits)}` : '';
  return `${number(usedCredits)} of ${number(budgetCredits)} used${held}${over}`;
}

/** `concept · due 1 Dec 2026`, with what everybody should notice. */
export function stateWords(project: ProjectView): string {
  const due = project.dueOn === null ? [] : [`due ${dateWords(project.dueOn)}${project.isOverdue ? ', overdue' : ''}`];
  return [...(project.isClosed ? ['closed'] : []), project.stage, ...due].join(' · ');
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2026-12-01` as `1 Dec 2026`: a date of the agency's own calendar, the same for every reader. */
export function dateWords(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}
