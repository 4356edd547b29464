import type { ViewOutput } from '@slack/bolt';
import type { ChangeResult } from '../../app/inputs.ts';
import { readName } from '../admin-forms/set-up-input.ts';
import { hintIn } from '../admin-forms/set-up-open.ts';
import type { Form } from '../admin-forms/set-up-read.ts';
import { refusedNotice, type SetUpDeps } from '../admin-forms/set-up-save.ts';
import { fieldOf, optionsIn, textIn, userIn } from '../admin-forms/set-up-values.ts';
import { mayNotModal } from '../kit/error-modals.ts';
import { FIELDS } from '../kit/fields.ts';
import { type AdminFormMetadata, readAdminFormMetadata } from '../kit/form-metadata.ts';
import type { HomeBanner } from '../kit/home-banner.ts';
import { readMetadata } from '../kit/home-metadata.ts';
import { ACTIONS, VIEWS } from '../kit/ids.ts';
import { outOfDateAnswer, shownValue } from '../kit/merge-shown.ts';
import { openWhenReady } from '../kit/open-when-ready-listeners.ts';
import { bold, type Inline, name, person } from '../kit/parts.ts';
import { deliveryId } from '../platform/delivery.ts';
import type { Deps } from '../platform/deps.ts';
import type { ClickListener, FormListener, Routes } from '../platform/routes.ts';
import { PEOPLE_FIELDS } from './people-fields.ts';
import { inviteModal, teamModal } from './people-form.ts';
import { roleIn, roleMissing, submitPerson } from './person-submit.ts';

/** Inviting, removing, bringing back; teams. */
export function registerPeopleForms(routes: Routes, deps: SetUpDeps): void {
  routes.click(ACTIONS.peopleInvite, openInvite(deps));
  routes.click(ACTIONS.peopleCreateTeam, openTeam(deps));
  routes.click(ACTIONS.peopleTeam, openTeam(deps));
  routes.form(VIEWS.person, submitPerson(deps));
  routes.form(VIEWS.invite, submit(deps, readInvite));
  routes.form(VIEWS.removePerson, submit(deps, readRemoval, 'clear'));
  routes.form(VIEWS.bringBack, submit(deps, readBringBack, 'clear'));
  routes.form(VIEWS.createTeam, submit(deps, readTeam));
  routes.form(VIEWS.renameTeam, submit(deps, readTeamName));
}

const openInvite =
  ({ app, clock }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages } = readMetadata(hintIn(action));
    const ready = app.showHome({ by: body.user.id }).then(({ setup }) => {
      if (!setup) return mayNotModal();
      const allTeams = setup.teams.map(({ teamId: id, name: called }) => ({ id, name: called }));
      return inviteModal({ mayGiveAll: setup.maySetRoles, allTeams, pages });
    });
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

const openTeam =
  ({ app, clock }: Deps): ClickListener =>
  async ({ ack, body, client, action }) => {
    await ack();
    const { pages, words } = readMetadata(hintIn(action));
    const ready = app.showHome({ by: body.user.id }).then(({ setup }) => {
      const team = setup?.teams.find(({ teamId }) => teamId === words[0]);
      if (!setup?.maySetRoles) return mayNotModal();
      return teamModal({ team: team ? { id: team.teamId, name: team.name } : null, pages });
    });
    await openWhenReady(client, clock, { triggerId: body.trigger_id, ready });
  };

type Who = { by: string; deliveryId: string };
type Ask = {
  ok: true;
  /** Null: nothing was changed in the form. */
  change: ((app: Deps['app'], who: Who) => Promise<ChangeResult & { known?: boolean }>) | null;
  said: Inline[];
  about?: string;
};
type AskRead = Ask | { ok: false; errors: Record<string, string> } | null;

/** Reads the form, closes it, makes the change, and shows in Home what came of it. */
const submit =
  (deps: SetUpDeps, read: (form: ViewOutput, hint: AdminFormMetadata) => AskRead, close?: 'clear'): FormListener =>
  async ({ ack, body, view, client }) => {
    const hint = readAdminFormMetadata(view.private_metadata);
    const asked = read(view, hint);
    if (!asked) return await ack(outOfDateAnswer(view));
    if (!asked.ok) return await ack({ response_action: 'errors', errors: asked.errors });
    await (close ? ack({ response_action: close }) : ack());
    const by = body.user.id;
    const { publish, app } = deps;
    if (!asked.change) {
      return await publish(client, by, {
        pages: hint.pages,
        notices: [{ kind: 'said', said: [['Nothing was changed.']] }],
      });
    }
    const changed = await asked.change(app, { by, deliveryId: deliveryId(body) });
    const notice = changed.ok
      ? saved(asked, changed)
      : refusedNotice((await app.showHome({ by })).setup, by, changed.refusal);
    await publish(client, by, { pages: hint.pages, notices: [notice] });
    if (changed.ok && asked.about && asked.about !== by) await publish(client, asked.about);
  };

const saved = ({ said, about }: Ask, { known }: { known?: boolean }): HomeBanner =>
  known && about
    ? {
        kind: 'said',
        said: [[person(about), ' is in Inkwell already, and stays what they are. Open them below to change that.']],
      }
    : { kind: 'saved', said: [said], undo: [] };

function readInvite(form: Form): AskRead {
  const memberId = userIn(fieldOf(form, PEOPLE_FIELDS.person));
  const role = roleIn(form);
  if (memberId === null) return { ok: false, errors: { [PEOPLE_FIELDS.person]: 'Choose a person.' } };
  if (!role) return roleMissing(form);
  const teamIds = optionsIn(fieldOf(form, PEOPLE_FIELDS.teams));
  return {
    ok: true,
    change: (app, who) => app.invitePerson({ ...who, memberId, role, teamIds }),
    said: [person(memberId), ' is invited as ', bold(role), '. They can begin at once.'],
    about: memberId,
  };
}

function readRemoval(form: Form, { memberId }: AdminFormMetadata): AskRead {
  if (memberId === null) return null;
  const reason = (textIn(fieldOf(form, PEOPLE_FIELDS.reason)) ?? '').replace(/\s+/g, ' ').trim();
  const about = memberId;
  return {
    ok: true,
    change: (app, who) => app.removePerson({ ...who, memberId: about, reason }),
    said: [person(about), ' is removed. The owners have a receipt of what became of their work.'],
    about,
  };
}

function readBringBack(form: Form, { memberId }: AdminFormMetadata): AskRead {
  if (memberId === null) return null;
  const role = roleIn(form);
  if (!role) return roleMissing(form);
  const about = memberId;
  return {
    ok: true,
    change: (app, who) => app.bringBackPerson({ ...who, memberId: about, role }),
    said: [person(about), ' is back as ', bold(role), '.'],
    about,
  };
}

/** A name that was left as it was shown does not come back over one that others have given meanwhile. */
function readTeamName(form: ViewOutput, hint: AdminFormMetadata): AskRead {
  if (hint.teamId === null) return null;
  const asked = readTeam(form, hint);
  const shown = hint.shown.name || shownValue(form, FIELDS.name);
  // Of an earlier version, and its field came back without what it was drawn with.
  if (shown === undefined) return null;
  const isSame = textIn(fieldOf(form, FIELDS.name))?.trim() === shown;
  return asked?.ok && isSame ? { ...asked, change: null } : asked;
}

function readTeam(form: Form, { teamId }: AdminFormMetadata): AskRead {
  const field = fieldOf(form, FIELDS.name);
  const read = readName(textIn(field));
  if (!read.ok) return { ok: false, errors: { [field?.blockId ?? FIELDS.name]: read.error } };
  const { value } = read;
  return {
    ok: true,
    change: (app, who) =>
      teamId === null ? app.createTeam({ ...who, name: value }) : app.renameTeam({ ...who, teamId, name: value }),
    said: teamId === null ? ['Team ', name(value), ' was created.'] : ['The team was renamed ', name(value), '.'],
  };
}
