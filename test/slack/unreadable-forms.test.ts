import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ALERTS } from '../../scripts/surfaces/families/alerts.ts';
import { DIGESTS } from '../../scripts/surfaces/families/digests.ts';
import { PEER_CHECK } from '../../scripts/surfaces/families/peer-check.ts';
import { PEOPLE } from '../../scripts/surfaces/families/people.ts';
import { REQUESTS } from '../../scripts/surfaces/families/requests.ts';
import { ACTIONS, VIEWS } from '../../src/slack/kit/ids.ts';
import { readGolden, versions } from '../golden/golden.ts';
import type { Payload } from '../matrix/forge.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, SIGNING_SECRET } from './quick-slack.ts';

type View = {
  callback_id: string;
  private_metadata: string;
  state?: { values: object };
  blocks: { type: string; block_id: string }[];
};
type Json = Record<string, unknown> | unknown[];

/** Every form as it was sent once, or as it is drawn in a sample, by its id. */
const [version = ''] = versions();
const drawn = [
  ...PEOPLE.samples,
  ...REQUESTS.samples,
  ...DIGESTS.samples,
  ...ALERTS.samples,
  ...PEER_CHECK.samples,
].flatMap((sample) => (sample.kind === 'modal' ? [sample.draw()] : []));
const VIEWS_DRAWN = new Map<string, View>([
  ...drawn.map((view): [string, View] => [view.callback_id ?? '', view as View]),
  ...readGolden(version).sent.flatMap(({ id, payload }): [string, View][] => {
    return payload.type === 'view_submission' ? [[id, payload.view as View]] : [];
  }),
]);

/** What a form may carry that Inkwell cannot read, made of what it does carry. */
const METADATA: [string, (carried: string) => string][] = [
  ['empty', () => ''],
  ['cut off', (carried) => carried.slice(0, -2)],
  ['null', () => 'null'],
  ['of another app', () => '{"team":"T1","step":7}'],
  ['of another app, as a list', () => '["T1",7]'],
  ['of a version that knew less', (carried) => knewLess(JSON.parse(carried) as Json)],
];

const knewLess = (carried: Json) =>
  JSON.stringify(Array.isArray(carried) ? carried.slice(0, 1) : { pages: (carried as { pages?: unknown }).pages });

describe('a form whose metadata cannot be read', () => {
  let here: QuickBolt;
  beforeAll(async () => {
    here = await openQuickBolt();
  });
  beforeEach(() => {
    here.app.calls.length = 0;
    here.log.entries.length = 0;
  });
  afterAll(() => here.close());

  const send = async (payload: Payload) => {
    const body = new URLSearchParams({ payload: JSON.stringify({ ...payload, user: { id: ANA } }) }).toString();
    const seconds = Math.floor(Date.now() / 1000);
    const digest = createHmac('sha256', SIGNING_SECRET).update(`v0:${seconds}:${body}`).digest('hex');
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': String(seconds),
      'x-slack-signature': `v0=${digest}`,
    };
    const response = await fetch(here.url, { method: 'POST', body, headers });
    await here.bolt.idle();
    return { status: response.status, text: await response.text() };
  };
  const formOf = (id: string, metadata: (carried: string) => string) => {
    const view = structuredClone(VIEWS_DRAWN.get(id)!);
    const { values } = view.state ?? { values: {} };
    return { id: 'V0', type: 'modal', ...view, private_metadata: metadata(view.private_metadata), state: { values } };
  };
  const submitted = (view: View): Payload => ({ type: 'view_submission', team: { id: 'T0JUNIPER' }, view });

  test('is any of them', () => expect(Object.values(VIEWS).filter((id) => !VIEWS_DRAWN.has(id))).toEqual([]));

  describe.each(Object.values(VIEWS))('%s', (id) => {
    test.each(METADATA)('%s: says so, keeps what was typed, and does nothing', async (_, metadata) => {
      const view = formOf(id, metadata);
      const { status, text } = await send(submitted(view));
      expect(status).toBe(200);
      const answer = JSON.parse(text) as { response_action: string; errors: Record<string, string>; view: unknown };
      const fields = view.blocks.filter(({ type }) => type === 'input').map(({ block_id: blockId }) => blockId);
      if (fields.length > 0) {
        // Beside a field that is there: so the form stays open, as it was filled in.
        expect(answer.response_action).toBe('errors');
        expect(Object.keys(answer.errors)).toEqual([fields[0]]);
        expect(Object.values(answer.errors)).toEqual([expect.stringContaining('Nothing was saved')]);
      } else {
        expect(answer).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
        expect(JSON.stringify(answer.view)).toContain('Nothing was saved');
      }
      expect(here.app.calls.filter(({ verb }) => !verb.startsWith('refusedAtDoor'))).toEqual([]);
      expect(here.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });

  test.each([
    [ACTIONS.limitsBack, VIEWS.limitsRehearsed],
    [ACTIONS.limitsMore, VIEWS.limits],
    [ACTIONS.calendarPricesBack, VIEWS.calendarPricesPreview],
  ])('%s: says so too', async (id, of) => {
    const action = { type: 'button', action_id: id, block_id: 'b', action_ts: '1.0' };
    const before = here.slack.calls.length;
    const container = { type: 'view', view_id: 'V0' };
    const click = { type: 'block_actions', trigger_id: '1.1', container, actions: [action] };
    expect((await send({ ...click, team: { id: 'T0JUNIPER' }, view: formOf(of, () => '') })).status).toBe(200);
    const updates = here.slack.calls.slice(before).filter(({ method }) => method === 'views.update');
    expect(updates.map(({ args }) => JSON.stringify(args.view))).toEqual([
      expect.stringContaining('Nothing was saved'),
    ]);
    expect(here.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
