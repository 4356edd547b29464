import type { ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import { readIds, type SetUpChange, writeIds } from '../../app/changes/reversible-change.ts';
import type { PersonView } from '../../app/people/people-view.ts';
import { ROLES, type Role } from '../../ledger/roles.ts';
import { showOutcome } from '../admin-forms/set-up-save.ts';
import { goneModal } from '../kit/error-modals.ts';
import { clicks, defineForm } from '../kit/form/form.ts';
import type { Where } from '../kit/form/home-answer.ts';
import { mergedIds, sameIds, shownIds } from '../kit/form/shown.ts';
import { fieldOf, given, optionsAt, together } from '../kit/form/values.ts';
import { digestOfIds, readMetadataAbout } from '../kit/form-metadata.ts';
import { parsed } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { userId } from '../kit/user-id.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import { askedAboutOutside } from './ask-outside.ts';
import { PEOPLE_FIELDS, roleAt } from './people-fields.ts';
import { type Again, personModal } from './person-form.ts';

const LISTS = ['teams', 'clients', 'leads'] as const;
type List = (typeof LISTS)[number];

/** A list of the form: null where it has no such field. `shown` null: it is not known what it was drawn with. */
type ListRead = { typed: readonly string[]; shown: readonly string[] | null; digest: string | null } | null;
type ListsRead = Readonly<Record<List, ListRead>>;

/** A person's form: what was changed in it, and nothing that others have saved meanwhile. */
export const personForm = defineForm({
  id: VIEWS.person,
  opens: {
    [ACTIONS.peoplePerson]: async ({ app }, { by, pages, words: [memberId = ''] }) => {
      const person = await app.showPerson({ by, memberId });
      return person ? personModal(person, pages) : goneModal();
    },
  },
  clicks: (deps) => ({
    [ACTIONS.personSuspend]: setSuspended(deps, true),
    [ACTIONS.personResume]: setSuspended(deps, false),
  }),
  metadata: readPersonMetadata,
  read: (view, { person }) => together({ role: roleAt(view), lists: given(listsIn(view, person)) }),
  async submit(deps, { about, typed: { role, lists }, deliveryId: id, view, ...where }) {
    const { id: memberId, person: shown } = about;
    const { by, closing, pages } = where;
    const isKnown = LISTS.every((list) => !lists[list] || lists[list].shown !== null);
    const person = await deps.app.showPerson({ by, memberId, withSetBy: !isKnown });
    if (!isKnown) {
      if (!person) return await closing.show(goneModal());
      const again = unclearIn(person, lists);
      if (again) return await closing.show(personModal(person, pages, { ...again, role }));
    }
    const had = person?.role ?? shown.role;
    const asking = { view, about, closing, submit: 'Give role' };
    if (role !== shown.role && (await askedAboutOutside(deps, { memberId, role, had }, asking))) return;
    await save(deps, { ...where, id, memberId, person, shown: shown.role, role, lists });
  },
});

/** Redraws the form with current values. Home behind it tells the result. */
const setSuspended = (deps: Deps, isSuspended: boolean) =>
  clicks(async ({ words: [word], body, ...where }) => {
    const memberId = userId.safeParse(word).data;
    if (!memberId) return;
    const { client, by, pages } = where;
    const change = { kind: 'suspended', memberId, before: !isSuspended, after: isSuspended } as const;
    await showOutcome(deps, where, await deps.app.saveChanges({ by, deliveryId: deliveryId(body), changes: [change] }));
    const person = await deps.app.showPerson({ by, memberId });
    const view = person ? personModal(person, pages) : goneModal();
    if (body.view) await client.views.update({ view_id: body.view.id, view });
  });

const managesOnWire = z.tuple([z.string(), z.string()]);

/** A form of an earlier version carried in `manages` what it showed, where that was short. */
function readPersonMetadata(metadata: string) {
  const read = readMetadataAbout('memberId')(metadata);
  const role = ROLES.find((each) => each === read?.person?.role);
  if (!read?.person || !role) return null;
  const { manages } = read.person;
  const carried = manages === null ? [] : managesOnWire.safeParse(parsed(manages)).data;
  return carried ? { ...read, person: { ...read.person, role, carried } } : null;
}
type PersonShown = NonNullable<ReturnType<typeof readPersonMetadata>>['person'];

function listsIn(view: ViewOutput, shown: PersonShown): ListsRead {
  const digests = { teams: digestOfIds(readIds(shown.teams)), clients: shown.clients, leads: shown.leads };
  const [clients, leads] = shown.carried;
  const carried = { teams: shown.teams, clients, leads };
  const read = (list: List): ListRead => {
    const name = PEOPLE_FIELDS[list];
    if (!fieldOf(view, name)) return null;
    const typed = optionsAt(view, name);
    const digest = digests[list];
    if (digest !== null && digestOfIds(typed) === digest) return { typed, shown: typed, digest };
    const drawn = carried[list] === undefined ? shownIds(view, name, digest) : readIds(carried[list]);
    return { typed, shown: drawn, digest };
  };
  return { teams: read('teams'), clients: read('clients'), leads: read('leads') };
}

/** The form once more, for a list of which it is not known what was changed in it. */
function unclearIn(person: PersonView, lists: ListsRead): Omit<Again, 'role'> | null {
  const list = LISTS.find((each) => lists[each] && shownOr(lists[each], person[each]) === null);
  if (!list) return null;
  const merged = LISTS.map((each) => [each, mergedWith(lists[each], person[each]) ?? undefined]);
  const by = person.setBy?.[list === 'teams' ? 'teams' : 'manages'] ?? null;
  return { list, typed: lists[list]?.typed ?? [], by, merged: Object.fromEntries(merged) };
}

type Saving = Where & {
  id: string;
  memberId: string;
  person: PersonView | null;
  shown: Role;
  role: Role;
  lists: ListsRead;
};

async function save(deps: Deps, { id, memberId, person, shown, role, lists, ...where }: Saving): Promise<void> {
  const { by } = where;
  const after = (list: List) => person && mergedWith(lists[list], person[list]);
  const changes = [...roleChange(memberId, shown, role), ...teamsChange(memberId, person, after('teams'))];
  const [clientIds, teamIds] = [after('clients'), after('leads')];
  const isSame = !person || (sameAs(clientIds, person.clients) && sameAs(teamIds, person.leads));
  // An untouched role field makes no person a manager again.
  const roleNow = role === shown ? (person?.role ?? role) : role;
  const manages =
    roleNow === 'manager' && !isSame
      ? { clientIds: clientIds ?? idsOf(person.clients), teamIds: teamIds ?? idsOf(person.leads) }
      : null;
  const also = manages ? [{ kind: 'set_manages' as const, memberId, ...manages }] : [];
  const outcome = await deps.app.saveChanges({ by, deliveryId: id, changes, also });
  if (!manages || outcome.refusals.length > 0) return await showOutcome(deps, where, outcome);
  const changed = await deps.app.setManages({ by, deliveryId: `${id}/manages`, memberId, manages });
  const counts = [manages.clientIds.length, manages.teamIds.length];
  const done = changed.ok ? { refusals: [], looksAfter: [{ memberId, counts }] } : { refusals: [changed.refusal] };
  await showOutcome(deps, where, { ...outcome, ...done });
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

const roleChange = (memberId: string, before: Role, after: Role): SetUpChange[] =>
  before === after ? [] : [{ kind: 'role', memberId, before, after }];

function teamsChange(memberId: string, person: PersonView | null, teamIds: readonly string[] | null): SetUpChange[] {
  if (!person || teamIds === null || sameAs(teamIds, person.teams)) return [];
  return [{ kind: 'teams', memberId, before: writeIds(idsOf(person.teams)), after: writeIds(teamIds) }];
}
