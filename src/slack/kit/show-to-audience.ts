import type { CreditsView, Part, Terms } from '../../app/home/credits-view.ts';
import type { LessSaid } from '../../app/limits/less-said.ts';
import type { HomeView, JobView } from '../../app/messenger.ts';
import { type AccountId, parseAccount } from '../../ledger/accounts.ts';
import type { Audience } from '../../ports/ports.ts';

/**
 * What is left out where people from outside the agency may read along: all but images, the client's allowance and the
 * reader's own credits. Surfaces ask here, so that the rule stands in one place. Whatever is not `internal` is `shared`.
 */

/** Field by field: a new field does not compile until it says whether people from outside may see it. */
export function creditsToShow(view: CreditsView): CreditsView {
  if (view.audience === 'internal') return view;
  const { memberId, role, own, ownInClient, client, project, channelId, boundToNone, helperIds } = view;
  const shown = <Of extends Part>(part: Of) => partToShow(part, { audience: view.audience, readerId: memberId });
  return {
    audience: view.audience,
    memberId,
    role,
    own: shown(own),
    client: client && shown(client),
    ownInClient: ownInClient && shown(ownInClient),
    teams: [],
    project: project && isOurs(view.audience) ? shown(project) : null,
    agency: null,
    clients: [],
    channelId,
    boundToNone,
    helperIds,
  };
}

const ownToShow = ({ own, credits: { audience, memberId: readerId } }: HomeView): HomeView['own'] => ({
  ...own,
  clients: own.clients.map((client) => ({ ...partToShow(client, { audience, readerId }), hasOutsiders: false })),
});

/** An allowance without what it is made of, and without figures of the limits above it. */
export const partToShow = <Of extends Part>(part: Of, to: Reading): Of =>
  to.audience === 'internal' ? part : { ...part, terms: termsToShow(to), less: lessToShow(part, to) };

export function lessToShow({ less = null }: Pick<Part, 'less'>, to: Reading): LessSaid | null {
  const isHidden = less?.kind === 'above' && !mayShowFigures(less.account, to);
  return isHidden ? { ...less, leftCredits: null } : less;
}

/** People from outside read what was used and what is left: never moves, extra credits, or whose they were. */
export const termsToShow = ({ audience }: Pick<Reading, 'audience'>): Terms =>
  isOurs(audience) ? 'whole' : 'used_and_left';

/** Only full members of the agency read it: what it calls its work, and how a client’s budget came about, may be said. */
export const isOurs = (audience: Audience): boolean => audience === 'internal' || audience === 'alone';

/** `hidden`: accounts whose figures are none of the reader's business anywhere. */
type Reading = { audience: Audience; readerId: string; hidden?: readonly AccountId[] };

/** A guest, and a reader of unknown kind, sees their own credits, whatever their role. */
export const homeToShow = (view: HomeView): HomeView =>
  view.credits.audience === 'internal'
    ? view
    : {
        ...view,
        credits: creditsToShow(view.credits),
        own: ownToShow(view),
        overview: null,
        toDecide: null,
        setup: null,
        stop: null,
        approvals: null,
        people: null,
        changes: null,
        limits: null,
      };

/** Why figures are left out, as the end of a sentence after “because”. */
export function whyLeftOut(audience: Exclude<Audience, 'internal'>): string {
  switch (audience) {
    case 'alone':
      return 'people outside the agency are in this channel';
    case 'shared':
      return 'people outside the agency may see this';
    case 'unsure':
      return 'Inkwell couldn’t check just now who can see this';
  }
}

/** Whether something was left out of what the reader may know. */
export const isLessThanKnown = ({ audience, agency, clients, project, teams }: CreditsView): boolean =>
  audience !== 'internal' &&
  (agency !== null || clients.length > 0 || (project !== null && !isOurs(audience)) || teams.length > 0);

/** Marks a private answer in such a channel. */
export const OUTSIDERS_HERE = 'People outside the agency are in this channel. Only you can see this.';

/** What the agency calls its work is its own. */
export const projectToShow = ({ audience, projectName }: JobView): string | null =>
  audience === 'internal' ? projectName : null;

/** Whether the figures of an account may be said: the channel's client's and one's own may anywhere. */
export function mayShowFigures(account: AccountId, { audience, readerId, hidden = [] }: Reading): boolean {
  if (hidden.includes(account)) return false;
  if (audience === 'internal') return true;
  const parsed = parseAccount(account);
  switch (parsed?.kind) {
    case 'client':
      return true;
    case 'member':
    case 'member_in_client':
      return parsed.memberId === readerId || isOurs(audience);
    case 'project':
      return isOurs(audience);
    case 'agency':
    case 'team':
    case undefined:
      return false;
  }
}
