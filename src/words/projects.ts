import type { ProjectView } from '../app/clients/projects-view.ts';
import { credits, number } from './figures.ts';
import { lessInShort } from './less.ts';

/** `300 of 1,200 used, 20 on hold, 880 left`, `300 credits used, no budget`. */
export function budgetWords(project: ProjectView): string {
  const { budgetCredits, wholeCredits, leftCredits = null, usedCredits, heldCredits, less = null } = project;
  const held = heldCredits > 0 ? `, ${number(heldCredits)} on hold` : '';
  const above = less?.kind === 'above' ? ` · ${lessInShort(less)}` : '';
  const left =
    leftCredits === null || leftCredits < 0 || less?.kind === 'closed' ? '' : `, ${number(leftCredits)} left`;
  const whole = wholeCredits ?? budgetCredits;
  if (whole === null) {
    const none = leftCredits === null ? ', no budget' : left;
    return `${credits(usedCredits)} used${held}${none}${above}`;
  }
  const over = usedCredits > whole ? `, over by ${number(usedCredits - whole)}` : '';
  return `${number(usedCredits)} of ${number(whole)} used${held}${over}${left}${above}`;
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
