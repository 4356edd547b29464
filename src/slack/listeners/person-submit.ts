import type { Refusal } from '../../ledger/refusals.ts';
import { ROLES, type Role } from '../../ledger/state.ts';
import { deliveryId } from '../delivery.ts';
import type { FormListener } from '../routes.ts';
import { readIds, type Undoable, writeIds } from '../surfaces/home-hints.ts';
import { readSetUpHint, type SetUpHint } from '../surfaces/modals/hints.ts';
import { PEOPLE_FIELDS } from '../surfaces/modals/people-fields.ts';
import type { Form } from './set-up-read.ts';
import { type SetUpDeps, saveChanges, showOutcome } from './set-up-save.ts';
import { fieldOf, optionIn, optionsIn } from './set-up-values.ts';

/** A person's form: what was changed in it, and nothing that others have saved meanwhile. */
export const submitPerson =
  (deps: SetUpDeps): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readSetUpHint(view.private_metadata);
    const { memberId, person: shown } = hint;
    const role = roleIn(view);
    if (!role) return await ack(toAnswer(view));
    await ack();
    const who = { by: body.user.id, deliveryId: deliveryId(body) };
    if (memberId === null || shown === null) {
      return await showOutcome(deps, client, { saved: [], refusals: [], by: who.by, pages: hint.pages });
    }
    const changes = [...roleChange(memberId, { before: shown.role as Role, after: role }), ...teamsChange(view, hint)];
    const outcome = await saveChanges(deps, changes, who);
    const manages = role === 'manager' ? managesIn(view) : null;
    const isSame = manages === null || (role === shown.role && JSON.stringify(manages.map(writeIds)) === shown.manages);
    const refusals: Refusal[] = [...outcome.refusals];
    if (manages && !isSame) {
      const [clientIds = [], teamIds = []] = manages;
      const ask = { ...who, deliveryId: `${who.deliveryId}/manages`, memberId, manages: { clientIds, teamIds } };
      const changed = await deps.app.setManages(ask);
      if (!changed.ok) refusals.push(changed.refusal);
    }
    const done =
      manages && !isSame && refusals.length === 0 ? [{ memberId, counts: manages.map((ids) => ids.length) }] : [];
    await showOutcome(deps, client, { ...outcome, refusals, by: who.by, pages: hint.pages, looksAfter: done });
  };

const toAnswer = (form: Form) => ({ response_action: 'errors' as const, errors: roleMissing(form).errors });

const roleChange = (memberId: string, { before, after }: { before: Role; after: Role }): Undoable[] =>
  before === after ? [] : [{ kind: 'role', memberId, before, after }];

function teamsChange(form: Form, { memberId, person: shown }: SetUpHint): Undoable[] {
  const field = fieldOf(form, PEOPLE_FIELDS.teams);
  if (!field || !memberId || !shown) return [];
  const after = writeIds(optionsIn(field));
  return after === writeIds(readIds(shown.teams)) ? [] : [{ kind: 'teams', memberId, before: shown.teams, after }];
}

/** Clients and teams; null where the form has no such fields. */
function managesIn(form: Form): string[][] | null {
  const fields = [fieldOf(form, PEOPLE_FIELDS.clients), fieldOf(form, PEOPLE_FIELDS.leads)];
  return fields.every((field) => field === null) ? null : fields.map(optionsIn);
}

export const roleIn = (form: Form): Role | undefined =>
  ROLES.find((role) => role === optionIn(fieldOf(form, PEOPLE_FIELDS.role)));

export const roleMissing = (form: Form) => ({
  ok: false as const,
  errors: { [fieldOf(form, PEOPLE_FIELDS.role)?.blockId ?? PEOPLE_FIELDS.role]: 'Choose a role.' },
});
