import assert from 'node:assert/strict';
import { describe, expect, test } from 'vitest';
import { factsOf, innermost } from '../../src/slack/platform/error-facts.ts';
import { createErrorHandler, createTellFault, faultSentence } from '../../src/slack/platform/errors.ts';
import { createPaperLog } from './quick-slack.ts';

const fault = (name: string, code: string) => Object.assign(new Error('message'), { name, code });

describe('the sentence about a fault', () => {
  test.each([
    ['JournalFault', 'unavailable', 'can’t save anything right now. Nothing was charged'],
    ['RecordsFault', 'full', 'can’t save anything right now. Nothing was charged'],
    ['JournalFault', 'corrupt', 'can’t read its ledger. Nothing was charged'],
    ['RecordsFault', 'uncertain', 'Check here in a minute before you try again'],
    ['BookFault', 'busy', 'very busy'],
    ['BookFault', 'id_reused', 'The first one counts'],
    ['PeopleFault', 'unavailable', 'couldn’t ask Slack who you are'],
    ['DeliveryFault', 'http_503', 'is done or still running'],
    ['HomeFault', 'timeout', 'Your changes are saved'],
    ['Error', 'slack_webapi_http_error', 'Slack didn’t respond properly. Nothing was charged'],
    ['Error', 'E_ODD', 'Something went wrong. Nothing was charged unless a message here says it was.'],
  ])('%s %s', (name, code, words) => {
    expect(faultSentence(fault(name, code))).toContain(words);
  });

  test.each([[undefined], [null], ['a string'], [42], [{ name: 7, code: {} }]])('of %j is the usual one', (thrown) => {
    expect(faultSentence(thrown)).toContain('Something went wrong.');
  });
});

describe('what the log keeps of an error', () => {
  test('is its name, code, place and causes, and no word of what it quotes', () => {
    const parsed = () => JSON.parse('{"prompt": embargoed serum}');
    let error: unknown;
    try {
      parsed();
    } catch (caught) {
      error = Object.assign(new Error('serum again', { cause: caught }), { code: 'E_X' });
    }
    const facts = factsOf(error);
    expect(facts).toMatchObject({
      name: 'Error',
      code: 'E_X',
      causes: ['SyntaxError'],
      stack: expect.stringMatching(/^at /),
    });
    expect(JSON.stringify(facts)).not.toContain('serum');
  });

  test('keeps an assertion’s own words, but not those that show values', () => {
    const caught = (work: () => void) => {
      try {
        work();
      } catch (error) {
        return factsOf(error);
      }
      throw new Error('nothing was thrown');
    };
    expect(caught(() => assert(false, 'a hold that is not open')).detail).toBe('a hold that is not open');
    expect(caught(() => assert.equal('serum', 'x')).detail).toBeUndefined();
  });

  test('unpacks what Bolt packs', () => {
    const original = new TypeError('x');
    expect(innermost(Object.assign(new Error('x'), { code: 'slack_bolt_unknown_error', original }))).toBe(original);
    const many = Object.assign(new Error(), { code: 'slack_bolt_multiple_listener_error', originals: [original] });
    expect(innermost(many)).toBe(original);
  });
});

describe('the one error handler', () => {
  const set = (told: 'delivered' | 'throws') => {
    const log = createPaperLog();
    const said: unknown[] = [];
    const tell = async (...all: unknown[]) => {
      said.push(all);
      if (told === 'throws') throw new Error('no');
      return { kind: 'delivered' } as const;
    };
    const tellFault = createTellFault({ tell, log, newReference: () => 'K7Q2-M4XD' });
    return { log, said, handle: createErrorHandler({ tellFault, log }) };
  };

  test('logs an event, and tells nobody', async () => {
    const { log, said, handle } = set('delivered');
    await handle({ error: new Error('x'), body: { event: { type: 'user_change', user: { id: 'U0A' } } } });
    expect(said).toEqual([]);
    expect(log.entries).toMatchObject([{ level: 'error', facts: { what: 'user_change' } }]);
  });

  test('finds the person also in a form, where there is no channel', async () => {
    const { said, handle } = set('delivered');
    await handle({
      error: new Error('x'),
      body: { type: 'view_submission', user: { id: 'U0A' }, view: { callback_id: 'imagine' } },
    });
    expect(said).toMatchObject([
      [{ memberId: 'U0A', channelId: null, responseUrl: null }, { text: expect.stringContaining('K7Q2-M4XD') }],
    ]);
  });

  test('never throws itself', async () => {
    const { log, handle } = set('throws');
    await handle({ error: new Error('x'), body: { user_id: 'U0A', channel_id: 'C1', command: '/imagine' } });
    await handle({ error: undefined, body: undefined });
    expect(log.entries.length).toBe(3);
  });
});
