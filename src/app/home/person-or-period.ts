import type { AppContext } from '../context.ts';
import { peopleNamed } from '../people/people-named.ts';
import type { PersonView } from '../people/people-view.ts';
import { showPerson } from '../people/show-person.ts';

export type PersonOrPeriod =
  | { kind: 'person'; person: PersonView }
  /** What was typed is a period, and what these people are called, or a part of it. */
  | { kind: 'period_or_person'; typed: string; memberIds: readonly string[] };

/** More people of one name are found with more of it. */
const ASKED_OF_MAX = 3;

/** A person may be called as a month is, `May` or `April Summers`: a whole name goes first. Null: the period is meant. */
export async function personOrPeriod(
  context: AppContext,
  { by, typed, rest }: { by: string; typed: string; rest: string },
): Promise<PersonOrPeriod | null> {
  const { exactly, inPart } = await peopleNamed(context, { by, typed });
  const [only, ...others] = exactly;
  const person = only && others.length === 0 ? await showPerson(context, { by, memberId: only }) : null;
  if (person) return { kind: 'person', person };
  const memberIds = [...exactly, ...(rest === '' ? inPart : [])].slice(0, ASKED_OF_MAX);
  return memberIds.length > 0 ? { kind: 'period_or_person', typed, memberIds } : null;
}
