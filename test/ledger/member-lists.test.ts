import fc from 'fast-check';
import { Map as ImmutableMap } from 'immutable';
import { describe, expect, test } from 'vitest';
import { apply, fold } from '../../src/ledger/apply/apply.ts';
import { activeWith, listed, type MemberList } from '../../src/ledger/lists/member-lists.ts';
import { delegatorsOf } from '../../src/ledger/rights/manages.ts';
import { ROLES } from '../../src/ledger/roles.ts';
import { emptyState, type Member, type State } from '../../src/ledger/state.ts';
import { agency, CREATOR, MANAGER, OWNER, WORKSPACE } from '../support/fixtures.ts';
import { given } from '../support/given.ts';
import { histories } from './histories.ts';

/** What the lists have to say, found the slow way. */
function expectRight({ members }: State, when: string) {
  const all = [...members.values()].sort((a, b) => a.since - b.since || (a.memberId < b.memberId ? -1 : 1));
  const ids = (which: (member: Member) => boolean) => all.filter(which).map(({ memberId }) => memberId);
  const expected: [MemberList, string[]][] = [
    ...ROLES.flatMap((role): [MemberList, string[]][] => [
      [`present/${role}`, ids((each) => each.role === role && each.status !== 'removed')],
      [`suspended/${role}`, ids((each) => each.role === role && each.status === 'suspended')],
      [`removed/${role}`, ids((each) => each.role === role && each.status === 'removed')],
    ]),
    ...all.map(({ memberId }): [MemberList, string[]] => [
      `delegates/${memberId}`,
      ids(({ status, delegate }) => status === 'active' && delegate?.toId === memberId),
    ]),
    ...[...new Set(all.flatMap(({ teamIds }) => teamIds))].map((teamId): [MemberList, string[]] => [
      `team/${teamId}`,
      ids((each) => each.status !== 'removed' && each.teamIds.includes(teamId)),
    ]),
  ];
  for (const [list, right] of expected)
    expect([when, list, listed(members, list).toArray()]).toEqual([when, list, right]);
}

describe('lists of members', () => {
  test('are right after every line, and after any part of a history at once', () => {
    fc.assert(
      fc.property(histories(40), fc.integer({ min: 1, max: 9 }), ({ lines }, page) => {
        let one = emptyState(WORKSPACE);
        let many = emptyState(WORKSPACE);
        for (const [index, line] of lines.entries()) {
          one = apply(one, line);
          expectRight(one, `after line ${line.seq}`);
          if (index % page !== page - 1) continue;
          many = fold(many, lines.slice(many.seq, line.seq));
          expectRight(many, `folded up to line ${line.seq}`);
        }
      }),
      { seed: 23, numRuns: 12 },
    );
  });

  test('hold nobody whom a line of the same page took out again', () => {
    const { state, lines } = given(agency());
    listed(state.members, 'present/creator');
    const on = given(
      ...lines,
      { kind: 'set_delegate', by: MANAGER, toId: CREATOR, untilAt: state.lastAt + 1_000 },
      {
        kind: 'remove_member',
        by: OWNER,
        memberId: CREATOR,
        reason: 'left',
      },
    );
    const next = fold(state, on.lines.slice(lines.length));
    expectRight(next, 'after both');
    expect(delegatorsOf(next, CREATOR, next.lastAt)).toEqual([]);
  });

  test('of a map that still changes are not remembered', () => {
    const { members } = given(agency()).state;
    const open = members.asMutable();
    expect(activeWith({ members: open }, 'owner')).toHaveLength(1);
    const owner = members.get(OWNER) as Member;
    open.set('U0SECOND', { ...owner, memberId: 'U0SECOND' });
    expect(activeWith({ members: open }, 'owner')).toHaveLength(2);
    open.delete('U0SECOND');
    expect(activeWith({ members: open.asImmutable() }, 'owner')).toHaveLength(1);
  });

  test('cost nobody a look at all the others while people join', () => {
    const { state } = given(agency());
    const creator = state.members.get(CREATOR) as Member;
    const crowd = ImmutableMap(
      Array.from({ length: 500 }, (_, n) => [`U${n}`, { ...creator, memberId: `U${n}` }] as const),
    );
    let looks = 0;
    const watched: State = { ...state, members: crowd.merge(state.members) };
    listed(watched.members, 'present/owner');
    let next = watched;
    for (let n = 0; n < 20; n += 1) {
      const line = { ...given(agency()).lines.at(-1), kind: 'member_added', memberId: `UNEW${n}`, role: 'creator' };
      next = apply(next, { ...line, seq: next.seq + 1, by: 'inkwell' } as never);
      next.members.values = () => {
        looks += 1;
        return ImmutableMap<string, Member>().values();
      };
      expect(listed(next.members, 'present/creator').size).toBeGreaterThan(500 + n);
      expect(activeWith(next, 'owner').map(({ memberId }) => memberId)).toEqual([OWNER]);
    }
    expect(looks).toBe(0);
  });

  test('are kept over a page of lines that changes nobody', () => {
    const { state, lines } = given(agency());
    const more = given(...lines, { kind: 'create_client', by: OWNER, clientId: 'another', name: 'Another' }).lines;
    const next = fold(state, more.slice(lines.length));
    expect(next.members).toBe(state.members);
    expect(next.clients).not.toBe(state.clients);
  });
});
