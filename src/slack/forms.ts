import { askOwnersForm } from './alerts/ask-owners-form.ts';
import { awayForm } from './approvals/away-form.ts';
import { approveUntilForm, denyForm, raiseLimitForm } from './approvals/request-form.ts';
import { requestMoveForm } from './approvals/request-move-form.ts';
import { bindChannelForm } from './clients/bind-channel-form.ts';
import { clientForm } from './clients/client-form.ts';
import { createClientForm } from './clients/create-client-form.ts';
import { createProjectForm, projectForm } from './clients/project-form.ts';
import { digestForm } from './digest/digest-form.ts';
import { imagineForm } from './imagine/send-imagine.ts';
import type { DefinedForm } from './kit/form/form.ts';
import type { VIEWS } from './kit/ids.ts';
import { calendarPricesForm } from './limits/calendar-prices-form.ts';
import { calendarPricesPreviewForm } from './limits/calendar-prices-preview-form.ts';
import { grantForm } from './limits/grant-form.ts';
import { limitsForm } from './limits/limits-form.ts';
import { limitsPersonForm } from './limits/limits-person-form.ts';
import { limitsRehearsedForm } from './limits/limits-preview-form.ts';
import { moveForm } from './limits/move-form.ts';
import { policyForm } from './limits/policy-form.ts';
import { ruleForm } from './limits/rule-form.ts';
import { peerCheckForm, peerCheckOnForm } from './peer-check/peer-check-form.ts';
import { deleteTeamForm } from './people/delete-team-form.ts';
import { bringBackForm, inviteForm, removePersonForm } from './people/people-form.ts';
import { personForm } from './people/save-person.ts';
import { createTeamForm, teamForm } from './people/team-form.ts';

type Views = typeof VIEWS;

/** Every form there is. One that is forgotten here, or stands under another's id, does not compile. */
export const FORMS: { readonly [Name in keyof Views]: DefinedForm<Views[Name]> } = {
  imagine: imagineForm,
  createClient: createClientForm,
  client: clientForm,
  bindChannel: bindChannelForm,
  requestUntil: approveUntilForm,
  requestRaise: raiseLimitForm,
  requestDeny: denyForm,
  requestMove: requestMoveForm,
  away: awayForm,
  createProject: createProjectForm,
  project: projectForm,
  person: personForm,
  removePerson: removePersonForm,
  bringBack: bringBackForm,
  invite: inviteForm,
  createTeam: createTeamForm,
  team: teamForm,
  deleteTeam: deleteTeamForm,
  limits: limitsForm,
  limitsRehearsed: limitsRehearsedForm,
  limitsPerson: limitsPersonForm,
  grant: grantForm,
  move: moveForm,
  rule: ruleForm,
  policy: policyForm,
  calendarPrices: calendarPricesForm,
  calendarPricesPreview: calendarPricesPreviewForm,
  digest: digestForm,
  peerCheck: peerCheckForm,
  peerCheckOn: peerCheckOnForm,
  askOwners: askOwnersForm,
};
