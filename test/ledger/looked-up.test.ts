import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAccount, parseAccount } from '../../src/ledger/accounts.ts';
import { apply, fold } from '../../src/ledger/apply/apply.ts';
import { placeOfKey } from '../../src/ledger/lists/channel-ids.ts';
import {
  channelsOf,
  clientLists,
  clientsByName,
  isAnyClientStopped,
  placeLists,
  projectsNamed,
  projectsOf,
  seenName,
} from '../../src/ledger/lists/client-lists.ts';
import { whoUsed } from '../../src/ledger/lists/client-people.ts';
import { addRequest, ENDED_KEPT_MS, openRequestsOf, type Request, requestLists } from '../../src/ledger/requests.ts';
import { emptyState, type State } from '../../src/ledger/state.ts';
import { leastLeft, shareLeft } from '../../src/ledger/usage/least-left.ts';
import { standings } from '../../src/ledger/usage/standings.ts';
import { holdsOf } from '../../src/ledger/usage/usage.ts';
import { agency, client, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { histories } from './histories.ts';

const sorted = (ids: Iterable<string>) => [...ids].sort();

/** All that is looked up by an index, found the slow way. */
function theSlowWay(state: State) {
  const { members, clients, projects, channels, places, holds, requests, use } = state;
  const memberIds = [...members.keys(), 'UNKNOWN'];
  const clientIds = [...clients.keys(), 'unknown'];
  const of = <Value>(all: Iterable<[string, Value]>, isMeant: (value: Value) => boolean) =>
    sorted([...all].flatMap(([id, value]) => (isMeant(value) ? [id] : [])));
  return {
    holds: memberIds.map((id) => of(holds, ({ memberId }) => memberId === id)),
    open: memberIds.map((id) => of(requests, ({ memberId, end }) => memberId === id && end === null)),
    all: memberIds.map((id) => of(requests, ({ memberId }) => memberId === id)),
    named: [...clients.values()].map(({ name }) => of(clients, (each) => seenName(each.name) === seenName(name))),
    projects: clientIds.map((id) => of(projects, ({ clientId }) => clientId === id)),
    projectsNamed: [...projects.values()].map(({ clientId, name }) =>
      of(projects, (each) => each.clientId === clientId && seenName(each.name) === seenName(name)),
    ),
    channels: [...clientIds, null].map((id) => of(channels, (clientId) => clientId === id)),
    places: [...projects.keys()].map((id) => of(places, (projectId) => projectId === id)),
    users: clientIds.map((id) =>
      sorted(
        [...use.keys()].flatMap((each) => {
          const account = parseAccount(each);
          return account?.kind === 'member_in_client' && account.clientId === id ? [account.memberId] : [];
        }),
      ),
    ),
    byName: [...clients.values()].sort((a, b) => a.name.localeCompare(b.name)).map(({ name }) => name),
    isAnyStopped: clients.some(
      ({ clientId }) => state.limits.get(clientAccount(clientId))?.some(({ over }) => over !== 'warn') ?? false,
    ),
    shares: [...clients.keys()]
      .map((id) => shareLeft(standings(state, clientAccount(id), state.lastAt)))
      .sort((a, b) => (a === b ? 0 : a < b ? -1 : 1)),
  };
}

function byIndex(state: State): ReturnType<typeof theSlowWay> {
  const { members, clients, projects, places, requests } = state;
  const memberIds = [...members.keys(), 'UNKNOWN'];
  const clientIds = [...clients.keys(), 'unknown'];
  return {
    holds: memberIds.map((id) => sorted(holdsOf(state, id).map(({ holdId }) => holdId))),
    open: memberIds.map((id) => sorted(openRequestsOf(requests, id).map(({ requestId }) => requestId))),
    all: memberIds.map((id) => sorted(requestLists.ids(requests, ['of', id]))),
    named: [...clients.values()].map(({ name }) => sorted(clientLists.ids(clients, ['name', seenName(name)]))),
    projects: clientIds.map((id) => sorted(projectsOf(state, id).map(({ projectId }) => projectId))),
    projectsNamed: [...projects.values()].map(({ clientId, name }) =>
      sorted(projectsNamed(state, clientId, name).map(({ projectId }) => projectId)),
    ),
    channels: [...clientIds, null].map((id) => sorted(channelsOf(state, id))),
    places: [...projects.keys()].map((id) => sorted(placeLists.ids(places, ['of', id]))),
    users: clientIds.map((id) => sorted(whoUsed(state, id))),
    byName: clientsByName(clients).map((id) => clients.get(id)?.name ?? ''),
    isAnyStopped: isAnyClientStopped(state),
    shares: leastLeft(state, state.lastAt, clients.size).map((id) =>
      shareLeft(standings(state, clientAccount(id), state.lastAt)),
    ),
  };
}

describe('what is looked up by an index', () => {
  test('is what a look at everything finds, after every line, and after any part of a history at once; seed 29', () => {
    fc.assert(
      fc.property(histories(40), fc.integer({ min: 1, max: 9 }), ({ lines }, page) => {
        let one = emptyState(WORKSPACE);
        let many = emptyState(WORKSPACE);
        for (const [index, line] of lines.entries()) {
          one = apply(one, line);
          expect([line.seq, byIndex(one)]).toEqual([line.seq, theSlowWay(one)]);
          if (index % page !== page - 1) continue;
          many = fold(many, lines.slice(many.seq, line.seq));
          expect([line.seq, byIndex(many)]).toEqual([line.seq, theSlowWay(many)]);
        }
      }),
      { seed: 29, numRuns: 10 },
    );
  });

  test('knows channels that belong to no client, and the places of a channel with another id', () => {
    const { lines } = given(
      ...agency(),
      { kind: 'bind_channel', channelId: 'CNONE', clientId: null, ifUnbound: false },
      client('acme-2', 'Acme Two'),
      { kind: 'bind_channel', channelId: 'CNONE', clientId: 'acme-2', ifUnbound: false },
      { kind: 'bind_channel', channelId: 'CNONE', clientId: null, ifUnbound: false },
      { by: 'inkwell', kind: 'change_channel_id', channelId: 'CNONE', toChannelId: 'CNEW' },
    );
    let state = emptyState(WORKSPACE);
    for (const line of lines) {
      state = apply(state, line);
      expect(byIndex(state)).toEqual(theSlowWay(state));
    }
    expect(channelsOf(state, null)).toEqual(['CNEW']);
    expect(placeOfKey('CNEW').channelId).toBe('CNEW');
  });

  test('forgets requests exactly as long after their end as all of them would be looked at', () => {
    const at = (n: number) => n * 3_600_000;
    const request = (n: number, end: number | null): Request =>
      ({
        requestId: `r${n}`,
        memberId: `U${n % 3}`,
        askedAt: at(n),
        end: end === null ? null : { at: end },
      }) as Request;
    let requests = emptyState(WORKSPACE).requests;
    let slow = requests;
    for (let n = 0; n < 200; n += 1) {
      const next = request(n, n % 4 === 0 ? null : at(n + 1));
      requests = addRequest(requests, next);
      slow = slow.set(next.requestId, next);
    }
    for (const askedAt of [at(90) + ENDED_KEPT_MS, at(91) + ENDED_KEPT_MS + 1, at(150) + ENDED_KEPT_MS]) {
      const added = { ...request(1_000 + askedAt, null), askedAt };
      const kept = slow.filter(({ end }) => end === null || end.at >= askedAt - ENDED_KEPT_MS);
      slow = kept.set(added.requestId, added);
      requests = addRequest(requests, added);
      expect(sorted(requests.keys())).toEqual(sorted(slow.keys()));
      expect(sorted(requestLists.ids(requests, ['of', 'U1']))).toEqual(of1(slow));
    }
  });
});

const of1 = (requests: State['requests']) =>
  sorted([...requests.values()].flatMap(({ memberId, requestId }) => (memberId === 'U1' ? [requestId] : [])));
