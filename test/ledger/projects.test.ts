import { describe, expect, test } from 'vitest';
import { agency, bind, CREATOR, capture, client, hold, limit, MANAGER, member } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { bindProject, closeClient, closeProject, manages, project } from '../support/wishes.ts';

const THREAD = '1764000000.000100';
const projects = [
  ...agency(),
  client('nova', 'Nova'),
  bind('C2', 'nova'),
  project('spring', 'acme', { name: 'Spring' }),
  project('fall', 'acme', { name: 'Fall' }),
  project('moon', 'nova', { name: 'Moon' }),
];

describe('a project', () => {
  test('belongs to a client, with a date to plan by and a stage', () => {
    const { state } = given(agency())
      .when(project('spring', 'acme', { name: 'Spring', dueAt: 5, stage: 'final' }))
      .then({ kind: 'project_created' });
    expect(state.projects.get('spring')).toMatchObject({ name: 'Spring', dueAt: 5, stage: 'final', closedAt: null });
    const { line } = given(projects)
      .when({ kind: 'change_project', projectId: 'spring', name: 'Summer', dueAt: null, stage: 'iteration' })
      .then({ kind: 'project_changed' });
    expect(line.balances.map(({ account }) => account)).toEqual(['project:spring']);
  });

  test.each([
    [project('spring', 'acme'), { reason: 'project_exists', projectId: 'spring' }],
    [project('x', 'ghost'), { reason: 'client_unknown', clientId: 'ghost' }],
    [project('x', 'acme', { name: 'SPRING' }), { reason: 'name_in_use', of: 'project' }],
    [project('a b', 'acme', { name: 'X' }), { reason: 'invalid', field: 'projectId' }],
    [project('x', 'acme', { name: '' }), { reason: 'invalid', field: 'name' }],
    [project('x', 'acme', { name: 'X', dueAt: 0 }), { reason: 'invalid', field: 'dueAt' }],
    [project('x', 'acme', { name: 'X', dueAt: 1.5 }), { reason: 'invalid', field: 'dueAt' }],
    [closeProject('x'), { reason: 'project_unknown', projectId: 'x' }],
    [
      { kind: 'reopen_project', projectId: 'x' },
      { reason: 'project_unknown', projectId: 'x' },
    ],
    [{ kind: 'change_project', projectId: 'x', name: 'X', dueAt: null, stage: 'final' }, { reason: 'project_unknown' }],
    [{ kind: 'change_project', projectId: 'fall', name: 'spring', dueAt: null, stage: 'final' }, { of: 'project' }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(projects).when(wish).thenRefused(refusal);
  });

  test('may be called as one of another client, or one that is closed', () => {
    given(projects)
      .when(project('x', 'nova', { name: 'Spring' }))
      .then({ kind: 'project_created' });
    given(projects, closeProject('spring'))
      .when(project('x', 'acme', { name: 'Spring' }))
      .then({ kind: 'project_created' });
  });

  test('is not opened again while another one has its name: two would be one to whoever types it', () => {
    given(projects, closeProject('spring'), project('x', 'acme', { name: 'spring' }))
      .when({ kind: 'reopen_project', projectId: 'spring' })
      .thenRefused({ reason: 'name_in_use', name: 'Spring', of: 'project' });
  });

  test('is not begun for a client that is closed', () => {
    given(projects, closeClient('acme')).when(project('x', 'acme')).thenRefused({ reason: 'client_closed' });
  });

  test('has a budget of its own beside the one of its client', () => {
    const limited = [...projects, limit('project:spring', 'total', 10), limit('client:acme', 'total', 15)];
    given(limited)
      .when(hold(11, { projectId: 'spring' }))
      .thenRefused({ reason: 'limit_exceeded', exceeded: [{ account: 'project:spring' }] });
    given(limited, hold(8, { projectId: 'spring' }))
      .when(hold(8, { projectId: 'fall' }))
      .thenRefused({ reason: 'limit_exceeded', exceeded: [{ account: 'client:acme', availableCredits: 7 }] });
    given(limited).when(hold(15)).then({ kind: 'held', projectId: null });
  });
});

describe('the project of an image', () => {
  const bound = [
    ...projects,
    bindProject('C1', 'spring'),
    bindProject('C1', 'fall', { threadTs: THREAD }),
    project('winter', 'acme', { name: 'Winter' }),
  ];

  test.each([
    ['what was said', { projectId: 'winter', threadTs: THREAD }, 'winter'],
    ["else the thread's", { threadTs: THREAD }, 'fall'],
    ["else the channel's", {}, 'spring'],
    ["else, in another thread, the channel's", { threadTs: '1764000000.000999' }, 'spring'],
  ])('is %s', (_, change, projectId) => {
    const { line } = given(bound).when(hold(1, change)).then({ kind: 'held', projectId });
    expect(line.balances.map(({ account }) => account)).toContain(`project:${projectId}`);
  });

  test('is none where nothing is said or bound, or the binding was taken away', () => {
    given(projects).when(hold(1)).then({ kind: 'held', projectId: null });
    given(bound, bindProject('C1', null)).when(hold(1)).then({ kind: 'held', projectId: null });
    given(bound, bindProject('C1', null, { threadTs: THREAD }))
      .when(hold(1, { threadTs: THREAD }))
      .then({ kind: 'held', projectId: 'spring' });
  });

  test('is never one that is unknown, closed, or of another client', () => {
    given(bound)
      .when(hold(1, { projectId: 'x' }))
      .thenRefused({ reason: 'project_unknown', projectId: 'x' });
    given(bound)
      .when(hold(1, { projectId: 'moon' }))
      .thenRefused({ reason: 'project_of_other_client', projectId: 'moon', channelId: 'C1' });
    given(bound, closeProject('winter'))
      .when(hold(1, { projectId: 'winter' }))
      .thenRefused({ reason: 'project_closed', projectId: 'winter' });
  });

  test('that is bound and closed by now stops like the project itself, and goes on with it', () => {
    given(bound, closeProject('spring')).when(hold(1)).thenRefused({ reason: 'project_closed', projectId: 'spring' });
    given(bound, closeProject('spring'))
      .when(hold(1, { threadTs: THREAD }))
      .then({ projectId: 'fall' });
    given(bound, closeProject('spring'), { kind: 'reopen_project', projectId: 'spring' })
      .when(hold(1))
      .then({ kind: 'held', projectId: 'spring' });
  });

  test('of a channel that went to another client is none of the old ones', () => {
    given(bound, bind('C1', 'nova')).when(hold(1)).then({ kind: 'held', clientId: 'nova', projectId: null });
    given(bound, bind('C1', 'nova'), bindProject('C1', 'moon'))
      .when(hold(1, { threadTs: THREAD }))
      .then({ kind: 'held', clientId: 'nova', projectId: 'moon' });
  });

  test('closed while it is being made for, stays the one that is charged', () => {
    given(bound, limit('project:spring', 'total', 10), { ...hold(5), commandId: 'h' }, closeProject('spring'))
      .when(capture('h/1', 4))
      .then({ kind: 'captured', projectId: 'spring', chargedTo: 'all' });
  });
});

describe('binding a project', () => {
  test.each([
    [bindProject('C1', 'x'), { reason: 'project_unknown', projectId: 'x' }],
    [bindProject('C1', 'moon'), { reason: 'project_of_other_client', projectId: 'moon', channelId: 'C1' }],
    [bindProject('C9', 'spring'), { reason: 'project_of_other_client', channelId: 'C9' }],
    [bindProject('two words', 'spring'), { reason: 'invalid', field: 'channelId' }],
    [bindProject('C1', 'spring', { threadTs: 'now' }), { reason: 'invalid', field: 'threadTs' }],
    [bindProject('C1', 'spring', { threadTs: '' }), { reason: 'invalid', field: 'threadTs' }],
  ] as const)('%j is refused', (wish, refusal) => {
    given(projects).when(wish).thenRefused(refusal);
  });

  test('of a closed one is refused', () => {
    given(projects, closeProject('fall'))
      .when(bindProject('C1', 'fall'))
      .thenRefused({ reason: 'project_closed', projectId: 'fall' });
  });

  test('is for whoever looks after the client: of the new project, and of the one that was there', () => {
    const other = [member('UNORA', 'manager'), manages('UNORA', { clientIds: ['nova'] })];
    given(projects, other)
      .when(bindProject('C1', 'spring', { by: 'UNORA' }))
      .thenRefused({ reason: 'not_allowed', account: 'project:spring' });
    given(projects, other, bindProject('C1', 'spring'))
      .when(bindProject('C1', null, { by: 'UNORA' }))
      .thenRefused({ reason: 'not_allowed', account: 'project:spring' });
    given(projects, bindProject('C1', 'spring'))
      .when(bindProject('C1', 'fall', { by: MANAGER }))
      .then({ kind: 'project_bound' });
    given(projects)
      .when(bindProject('C1', 'fall', { by: CREATOR }))
      .thenRefused({ reason: 'not_allowed' });
  });

  test("is not stopped by what the channel's earlier client left behind", () => {
    given(
      projects,
      member('UNORA', 'manager'),
      manages('UNORA', { clientIds: ['nova'] }),
      bindProject('C1', 'spring'),
      bind('C1', 'nova'),
    )
      .when(bindProject('C1', 'moon', { by: 'UNORA' }))
      .then({ kind: 'project_bound', projectId: 'moon' });
  });
});

describe('closing a client', () => {
  test('stops spending at once, and lets what is being made end', () => {
    const closed = [...projects, { ...hold(5), commandId: 'h' }, closeClient('acme')];
    given(closed).when(hold(1)).thenRefused({ reason: 'client_closed', clientId: 'acme' });
    given(closed)
      .when(hold(1, { channelId: 'C2' }))
      .then({ kind: 'held' });
    given(closed).when(capture('h/1', 5)).then({ kind: 'captured' });
    given(closed).when(closeClient('acme')).thenRefused({ reason: 'client_closed' });
    given(closed).when(closeClient('x')).thenRefused({ reason: 'client_unknown', clientId: 'x' });
  });

  test('can be undone, once', () => {
    const reopen = { kind: 'reopen_client', clientId: 'acme' } as const;
    given(projects, closeClient('acme'), reopen).when(hold(1)).then({ kind: 'held' });
    given(projects)
      .when(reopen)
      .thenRefused({ reason: 'nothing_changed', stands: { kind: 'client_reopened' } });
    given(projects)
      .when({ ...reopen, clientId: 'x' })
      .thenRefused({ reason: 'client_unknown' });
  });

  test('keeps its channel for approvals', () => {
    const { state } = given(projects)
      .when({ kind: 'set_approvals_channel', clientId: 'acme', channelId: 'C7' })
      .then({});
    expect(state.clients.get('acme')?.approvalsChannelId).toBe('C7');
    given(projects)
      .when({ kind: 'set_approvals_channel', clientId: 'x', channelId: null })
      .thenRefused({ reason: 'client_unknown' });
    given(projects)
      .when({ kind: 'set_approvals_channel', clientId: 'acme', channelId: '#ops now' })
      .thenRefused({ reason: 'invalid', field: 'channelId' });
  });
});
