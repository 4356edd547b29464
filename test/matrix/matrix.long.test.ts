import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Line } from '../../src/ledger/lines.ts';
import { RIGHTS, type Who } from '../../src/ledger/rights/actions.ts';
import type { Role } from '../../src/ledger/roles.ts';

import { COMMANDS, VIEWS } from '../../src/slack/kit/ids.ts';
import { REQUIRED_RIGHTS, type RouteId } from '../../src/slack/platform/required-rights.ts';
import { wrongLines } from './authority.ts';
import { NOT_WORKED, ONLY_FORGED } from './crawl.ts';
import { as, emptyPayload, fresh, idOf, type Payload, payloadOf, send } from './forge.ts';
import {
  ACME_CHANNEL,
  ACTOR_NAMES,
  ACTORS,
  linesSince,
  liveThrough,
  type Organisation,
  openOrganisation,
} from './organisation.ts';

/**
 * Every kind of person at every way in. Who gets further than the door follows from two tables, the ways in and the
 * rights, and from what each person is; this walks through it with signed requests, whatever was ever drawn for
 * whom, and looks at what the books and the person's screen say afterwards.
 */
const IDS = Object.keys(REQUIRED_RIGHTS) as RouteId[];
const FORMS: ReadonlySet<string> = new Set(Object.values(VIEWS));
const TYPED: ReadonlySet<string> = new Set(Object.values(COMMANDS));

let org: Organisation;
/** One real delivery of each way in, as somebody who may made it. */
const real = new Map<string, Payload>();

beforeAll(async () => {
  org = await openOrganisation();
  await liveThrough(org);
  for (const delivery of org.slack.deliveries) {
    const payload = payloadOf(delivery);
    if (payload && !real.has(idOf(payload))) real.set(idOf(payload), payload);
  }
}, 120_000);
afterAll(() => org?.stop());

/** What somebody of a role may be at best, for some account or other. */
const AT_BEST: Readonly<Record<Role, readonly Who[]>> = {
  owner: ['owner', 'self', 'delegate_of'],
  manager: ['manager', 'manager_of', 'self', 'delegate_of'],
  creator: ['creator', 'self', 'delegate_of'],
  viewer: ['viewer', 'self'],
};

/** By the role and the status that the books give them now: owners' own cells may have changed somebody's. */
function mayEnter(userId: string, id: RouteId): boolean {
  const member = org.world.book.now().members.get(userId);
  const is = member?.status === 'active' ? AT_BEST[member.role] : [];
  return RIGHTS[REQUIRED_RIGHTS[id]].some((who) => is.includes(who));
}

function payloadFor(id: RouteId, userId: string): Payload {
  if (TYPED.has(id)) {
    return {
      command: id,
      text: 'help',
      user_id: userId,
      team_id: 'T0JUNIPER',
      channel_id: ACME_CHANNEL,
      trigger_id: '0.0.0',
    };
  }
  return as(real.get(id) ?? emptyPayload(id, FORMS.has(id)), userId);
}

const kinds = (lines: readonly Line[], by: string) =>
  lines.filter((line) => line.by === by && line.kind !== 'refused').map(({ kind }) => kind);

describe('the matrix', () => {
  test('is large, begins as the actors are described, and most of it was walked through for real', () => {
    expect(ACTOR_NAMES.length).toBeGreaterThanOrEqual(12);
    expect(ACTOR_NAMES.length * IDS.length).toBeGreaterThanOrEqual(400);
    for (const name of ACTOR_NAMES) {
      const member = org.world.book.now().members.get(ACTORS[name].id);
      expect([name, member?.status === 'active' ? AT_BEST[member.role] : []]).toEqual([name, ACTORS[name].is]);
    }
    const unseen = IDS.filter((id) => !TYPED.has(id) && !real.has(id) && !NOT_WORKED.has(id));
    expect(unseen.filter((id) => !ONLY_FORGED.has(id))).toEqual([]);
  });

  describe.each(ACTOR_NAMES)('%s', (name) => {
    test.each(IDS)('%s', async (id) => {
      const { id: userId } = ACTORS[name];
      const before = { calls: org.slack.calls.length, seq: org.world.book.now().seq };
      const may = mayEnter(userId, id);
      org.doors.length = 0;
      await send(org, fresh(payloadFor(id, userId)));
      expect(org.doors.at(-1)).toEqual({ by: userId, right: REQUIRED_RIGHTS[id], opened: may });
      if (may) return;
      expect(kinds(await linesSince(org, before.seq), userId)).toEqual([]);
      // Nobody is left without an answer, save those whom Slack itself does not let see one any more.
      const answered = org.slack.calls.length > before.calls || FORMS.has(id);
      expect({ name, id, answered }).toEqual({ name, id, answered: true });
    });
  });

  test('leaves no line behind that its author had no authority for', async () => {
    expect(wrongLines(await linesSince(org, 0))).toEqual([]);
    expect(org.errors.filter(({ name }) => /^(TypeError|RangeError|AssertionError|Error)$/.test(String(name)))).toEqual(
      [],
    );
  });
});
