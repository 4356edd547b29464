import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Line } from '../../src/ledger/lines.ts';
import { RIGHTS, type Who } from '../../src/ledger/rights.ts';
import { ENTRANCES, type EntranceId } from '../../src/slack/entrances.ts';
import { COMMANDS, VIEWS } from '../../src/slack/ids.ts';
import { wrongLines } from './authority.ts';
import { crawl } from './crawl.ts';
import { as, emptyPayload, fresh, idOf, type Payload, payloadOf, send } from './forge.ts';
import {
  ACME_CHANNEL,
  ACTOR_NAMES,
  ACTORS,
  type ActorName,
  linesSince,
  type Organisation,
  openOrganisation,
} from './organisation.ts';

/**
 * Every kind of person at every way in. Who gets further than the door follows from two tables, the ways in and the
 * rights, and from what each person is; this walks through all of it with signed requests, whatever was ever drawn for
 * whom, and looks at what the books and the person's screen say afterwards.
 */
const IDS = Object.keys(ENTRANCES) as EntranceId[];
const FORMS: ReadonlySet<string> = new Set(Object.values(VIEWS));
const TYPED: ReadonlySet<string> = new Set(Object.values(COMMANDS));

let org: Organisation;
/** One real delivery of each way in, as somebody who may made it. */
const real = new Map<string, Payload>();

beforeAll(async () => {
  org = await openOrganisation();
  const crawlers: ActorName[] = ['owner', 'manager_of_client', 'creator'];
  for (const name of crawlers) await crawl(org, ACTORS[name].id);
  for (const delivery of org.slack.deliveries) {
    const payload = payloadOf(delivery);
    if (payload && !real.has(idOf(payload))) real.set(idOf(payload), payload);
  }
}, 120_000);
afterAll(() => org?.stop());

const mayEnter = (name: ActorName, id: EntranceId) =>
  RIGHTS[ENTRANCES[id]].some((who) => (ACTORS[name].is as readonly Who[]).includes(who));

function payloadFor(id: EntranceId, userId: string): Payload {
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
  test('is large, and every way in was walked through by somebody or has a forgery', () => {
    expect(ACTOR_NAMES.length).toBeGreaterThanOrEqual(12);
    expect(ACTOR_NAMES.length * IDS.length).toBeGreaterThanOrEqual(400);
  });

  describe.each(ACTOR_NAMES)('%s', (name) => {
    test.each(IDS)('%s', async (id) => {
      const { id: userId } = ACTORS[name];
      const before = { calls: org.slack.calls.length, seq: org.world.book.now().seq };
      await send(org, fresh(payloadFor(id, userId)));
      if (mayEnter(name, id)) return;
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
