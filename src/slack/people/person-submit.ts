import type { ViewOutput } from '@slack/bolt';
import { readIds, type SetUpChange, writeIds } from '../../app/changes/reversible-change.ts';
import type { PersonView } from '../../app/people/people-view.ts';
import type { Refusal } from '../../ledger/refusals.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';

import type { Form } from '../admin-forms/set-up-read.ts';
import { type SetUpDeps, showOutcome } from '../admin-forms/set-up-save.ts';
import { fieldOf, optionIn, optionsIn } from '../admin-forms/set-up-values.ts';
import { goneModal } from '../kit/error-modals.ts';
import { type AdminFormMetadata, digestOfIds, readAdminFormMetadata } from '../kit/form-metadata.ts';
import { mergedIds, outOfDateAnswer, sameIds, shownIds } from '../kit/merge-shown.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { FormListener } from '../platform/routes.ts';
import { PEOPLE_FIELDS } from './people-fields.ts';
import { personModal } from './person-form.ts';

const LISTS = ['teams', 'clients', 'leads'] as const;
type List = (typeof LISTS)[number];

/** A list of the form: null where it has no such field. `shown` null: it is not known what it was drawn with. */
type ListRead = { typed: readonly string[]; shown: readonly string[] | null; digest: string | null } | null;

/** A person's form: what was changed in it, and nothing that others have saved meanwhile. */
export const submitPerson =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readAdminFormMetadata(view.private_metadata);
    const { memberId, person: shown, pages } = hint;
    const role = roleIn(view);
    if (!role) return await ack(toAnswer(view));
    if (memberId === null || shown === null) return await ack(outOfDateAnswer(view));
    const lists = listsIn(view, shown);
    const by = body.user.id;
    const isKnown = LISTS.every((list) => !lists[list] || lists[list].shown !== null);
    if (isKnown) await ack();
    const person = await deps.app.showPerson({ by, memberId, withSetBy: !isKnown });
    if (!isKnown) {
      if (!person) return await ack({ response_action: 'update', view: goneModal() });
      const unclear = LISTS.find((list) => lists[list] && shownOr(lists[list], person[list]) === null);
      if (unclear) {
        const again = {
          role,
          list: unclear,
          typed: lists[unclear]?.typed ?? [],
          by: person.setBy?.[unclear === 'teams' ? 'teams' : 'manages'] ?? null,
          merged: Object.fromEntries(LISTS.map((list) => [list, mergedWith(lists[list], person[list]) ?? undefined])),
        };
        return await ack({ response_action: 'update', view: personModal(person, pages, again) });
      }
      await ack();
    }
    const after = (list: List) => person && mergedWith(lists[list], person[list]);
    const who = { by, deliveryId: deliveryId(body) };
    const changes = [
      ...roleChange(memberId, { before: shown.role as Role, after: role }),
      ...teamsChange(memberId, person, after('teams')),
    ];
    const outcome = await deps.app.saveChanges({ ...who, changes });
    const [clientIds, teamIds] = [after('clients'), after('leads')];
    const isSame = !person || (sameAs(clientIds, person.clients) && sameAs(teamIds, person.leads));
    const refusals: Refusal[] = [...outcome.refusals];
    let done: { memberId: string; counts: number[] }[] = [];
    // Nobody is made a manager again by a role that was left as it was shown.
    const roleNow = role === shown.role ? (person?.role ?? role) : role;
    if (roleNow === 'manager' && !isSame) {
      const manages = { clientIds: clientIds ?? idsOf(person.clients), teamIds: teamIds ?? idsOf(person.leads) };
      const changed = await deps.app.setManages({ ...who, deliveryId: `${who.deliveryId}/manages`, memberId, manages });
      if (!changed.ok) refusals.push(changed.refusal);
      else if (refusals.length === 0) done = [{ memberId, counts: [manages.clientIds.length, manages.teamIds.length] }];
    }
    await showOutcome(deps, client, { ...outcome, refusals, by, pages, looksAfter: done });
  };

const toAnswer = (form: Form) => ({ response_action: 'errors' as const, errors: roleMissing(form).errors });

function listsIn(view: ViewOutput, shown: NonNullable<AdminFormMetadata['person']>): Record<List, ListRead> {
  const digests = { teams: digestOfIds(readIds(shown.teams)), clients: shown.clients, leads: shown.leads };
  // A form of an earlier version carried what it showed, where that was short.
  const [clients, leads] = shown.manages === null ? [] : (JSON.parse(shown.manages) as [string, string]);
  const carried = { teams: shown.teams, clients, leads };
  const read = (list: List): ListRead => {
    const field = fieldOf(view, PEOPLE_FIELDS[list]);
    if (!field) return null;
    const typed = optionsIn(field);
    const digest = digests[list];
    if (digest !== null && digestOfIds(typed) === digest) return { typed, shown: typed, digest };
    const drawn = carried[list] === undefined ? shownIds(view, PEOPLE_FIELDS[list], digest) : readIds(carried[list]);
    return { typed, shown: drawn, digest };
  };
  return { teams: read('teams'), clients: read('clients'), leads: read('leads') };
}

type Ids = readonly { id: string }[];
const idsOf = (all: Ids) => all.map(({ id }) => id);
const sameAs = (ids: readonly string[] | null, all: Ids) => ids === null || sameIds(ids, idsOf(all));

/** What stands now was shown as well where it has the same digest. */
function shownOr(list: NonNullable<ListRead>, now: Ids): readonly string[] | null {
  return list.shown ?? (list.digest === digestOfIds(idsOf(now)) ? idsOf(now) : null);
}

function mergedWith(list: ListRead, now: Ids): readonly string[] | null {
  const shown = list && shownOr(list, now);
  return list && shown && mergedIds({ shown, typed: list.typed, now: idsOf(now) });
}

const roleChange = (memberId: string, { before, after }: { before: Role; after: Role }): SetUpChange[] =>
  before === after ? [] : [{ kind: 'role', memberId, before, after }];

function teamsChange(memberId: string, person: PersonView | null, teamIds: readonly string[] | null): SetUpChange[] {
  if (!person || teamIds === null || sameAs(teamIds, person.teams)) return [];
  return [{ kind: 'teams', memberId, before: writeIds(idsOf(person.teams)), after: writeIds(teamIds) }];
}

export const roleIn = (form: Form): Role | undefined =>
  ROLES.find((role) => role === optionIn(fieldOf(form, PEOPLE_FIELDS.role)));

export const roleMissing = (form: Form) => ({
  ok: false as const,
  errors: { [fieldOf(form, PEOPLE_FIELDS.role)?.blockId ?? PEOPLE_FIELDS.role]: 'Choose a role.' },
});
