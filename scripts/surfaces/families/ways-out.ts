import type { FittingRequest, WaysOut } from '../../../src/app/images/ways-out-view.ts';
import type { PrivateMessage } from '../../../src/app/messenger.ts';
import type { Refusal } from '../../../src/ledger/refusals.ts';
import type { ExceededLimit } from '../../../src/ledger/state.ts';
import { noteMessage } from '../../../src/slack/messenger/note.ts';
import { RESETS_AT } from '../../../test/slack/home-views.ts';
import { ANA, GINA, HUGE, MARCUS, OLIVIA, RTL_NAME } from '../hard-cases.ts';
import type { Family, Sample } from '../sample.ts';

const limit: ExceededLimit = {
  account: 'client:northwind',
  window: 'month',
  over: 'refuse',
  rolledCredits: 0,
  limitCredits: 500,
  grantsCredits: 0,
  usedCredits: 470,
  heldCredits: 10,
  availableCredits: 20,
  resetsAt: RESETS_AT,
};
const exceeded: Refusal = { reason: 'limit_exceeded', requestedCredits: 24, binding: limit, exceeded: [limit] };
const ofProject: ExceededLimit = { ...limit, account: 'project:spring', window: 'total', resetsAt: null };

const three: FittingRequest = {
  imagesCount: 3,
  model: 'gpt-image-2',
  size: '1024x1024',
  quality: 'medium',
  totalCredits: 18,
  differs: ['imagesCount'],
};
const low: FittingRequest = { ...three, imagesCount: 4, quality: 'low', totalCredits: 8, differs: ['quality'] };
const byOlivia = { askedIds: [OLIVIA], who: 'owner', name: 'Olivia Reyes' } as const;
const several = { askedIds: [MARCUS, OLIVIA], who: 'manager', name: null } as const;

type Refused = PrivateMessage & { kind: 'refused' };
const refused = (name: string, ways: Partial<WaysOut>, change: Partial<Refused> = {}): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () =>
    noteMessage(
      {
        kind: 'refused',
        refusal: exceeded,
        audience: 'internal',
        helpers: [OLIVIA],
        hidden: [],
        clientName: 'Northwind Coffee',
        names: {},
        cheapestCredits: 2,
        prompt: 'a red fox at dusk',
        ways: { jobId: 'job-1', instead: [three, low], ask: byOlivia, role: false, otherProject: false, ...ways },
        ...change,
      },
      { memberId: ANA },
    ),
});

const note = (name: string, said: PrivateMessage): Sample => ({
  name,
  kind: 'note',
  readerId: ANA,
  draw: () => noteMessage(said, { memberId: ANA }),
});

const viewer: Refusal = {
  reason: 'not_allowed',
  action: 'hold',
  role: 'viewer',
  roles: ['owner', 'manager', 'creator'],
  account: null,
};
const none = { instead: [], ask: null };

export const WAYS_OUT: Family = {
  name: 'ways out',
  samples: [
    refused('fewer, cheaper, ask', {}),
    refused('nothing fits, ask a manager', { instead: [], ask: several }),
    refused('another model, long name', {
      instead: [{ ...three, model: 'a-model-with-a-very-long-name-indeed-2', totalCredits: HUGE, differs: ['model'] }],
      ask: { ...byOlivia, name: RTL_NAME },
    }),
    refused(
      'a project’s budget',
      { otherProject: true },
      {
        refusal: { reason: 'limit_exceeded', requestedCredits: 24, binding: ofProject, exceeded: [ofProject] },
        names: { 'project:spring': 'Spring launch' },
      },
    ),
    refused(
      'where outsiders read along',
      { otherProject: true },
      {
        audience: 'shared',
        refusal: {
          reason: 'limit_exceeded',
          requestedCredits: 24,
          binding: { ...limit, account: 'agency' },
          exceeded: [{ ...limit, account: 'agency' }],
        },
      },
    ),
    refused(
      'too many images',
      { instead: [three] },
      {
        refusal: { reason: 'too_many_images', scope: 'client:northwind', imagesCount: 4, imagesMax: 3 },
      },
    ),
    refused(
      'closed project',
      { ...none, ask: several, otherProject: true },
      {
        refusal: { reason: 'project_closed', projectId: 'spring' },
        names: { 'project:spring': 'Spring launch' },
      },
    ),
    refused('a viewer', { ...none, role: true }, { refusal: viewer, audience: 'shared' }),
    note('price changed', { kind: 'instead_offered', why: 'price_changed', jobId: 'job-1', fitting: three }),
    note('fits now', { kind: 'instead_offered', why: 'fits_now', jobId: 'job-1', fitting: { ...three, differs: [] } }),
    note('form, price changed', {
      kind: 'price_rose',
      shownCredits: 8,
      totalCredits: 24,
      prompt: 'A red fox in the snow',
    }),
    note('again, price changed', { kind: 'again_offered', jobId: 'job-1', totalCredits: 24 }),
    note('already made', { kind: 'already_made' }),
    note('asked', { kind: 'others_asked', askedIds: [OLIVIA], about: 'request' }),
    note('asked for a role', { kind: 'others_asked', askedIds: [OLIVIA, MARCUS], about: 'role' }),
    note('none could be asked', { kind: 'others_asked', askedIds: [], about: 'request' }),
    note('role given', { kind: 'role_answered', by: OLIVIA, role: 'creator', mayMake: true }),
    note('role given, still none', { kind: 'role_answered', by: OLIVIA, role: 'viewer', mayMake: false }),
    note('role kept', { kind: 'role_answered', by: OLIVIA, role: null, mayMake: false }),
    note('role fits', { kind: 'role_fits' }),
    note('role settled', { kind: 'role_settled', memberId: GINA }),
  ],
};
