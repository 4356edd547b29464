import type { Named, PersonRow } from '../app/people/people-view.ts';
import { rolesFor } from '../ledger/rights/actions.ts';
import { credits, list } from './figures.ts';
import { limitsAndLess } from './less.ts';

/** Describes a person in lists of people. Names of teams and clients are people's own words: plain text only. */

const NAMES_MAX = 4;

export const usedWords = ({ usedThisMonthCredits, figures }: PersonRow): string =>
  `${credits(usedThisMonthCredits)} used this month${figures === 'all' ? '' : ' for your clients'}`;

const makesImages = ({ role, status }: PersonRow) => status === 'active' && rolesFor('hold').includes(role);

/** Of a person who may make no images, it does not say that nothing limits them. Null where there is nothing to say. */
export function limitsWords(row: PersonRow): string | null {
  const { figures, standings, less = null } = row;
  if (figures !== 'all' || (standings.length === 0 && !makesImages(row))) return null;
  return limitsAndLess({ standings, less });
}

export const teamsWords = ({ teams, figures }: PersonRow): string =>
  figures === 'all' ? (teams.length > 0 ? fewNames(teams) : 'No team') : 'Not in your teams';

/** Returns null for a person who looks after nothing. */
export function looksAfterWords({ role, clients, leads }: PersonRow): string | null {
  if (role !== 'manager') return null;
  const all = [...clients, ...leads];
  return all.length > 0 ? `Manages ${fewNames(all)}` : null;
}

function fewNames(all: readonly Named[]): string {
  const shown = all.slice(0, NAMES_MAX).map(({ name }) => name);
  return all.length > NAMES_MAX ? `${shown.join(', ')} and ${all.length - NAMES_MAX} more` : list(shown);
}
