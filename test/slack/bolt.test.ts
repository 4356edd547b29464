import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImageInput } from '../../src/app/inputs.ts';
import { BookFault } from '../../src/book/decide-batch.ts';
import { PeopleFault } from '../../src/ports/ports.ts';
import { JournalFault } from '../../src/storage/journal/journal.ts';
import { inChannel } from '../support/requester.ts';
import { openQuickBolt, type QuickBolt } from './quick-bolt.ts';
import { ANA, NORTHWIND, OLIVIA } from './quick-slack.ts';

let here: QuickBolt;
beforeAll(async () => {
  here = await openQuickBolt();
});
beforeEach(() => {
  here.app.calls.length = 0;
  here.log.entries.length = 0;
  here.slack.faults.clear();
  here.clock.pass(3_600_000);
});
afterAll(() => here.close());

const imagine = (text: string, { as = ANA, channelId = NORTHWIND } = {}) =>
  here.slack.as(as).command('/imagine', text, { channelId });
const whispers = (channelId = NORTHWIND, as = ANA) =>
  here.slack.messages(channelId, { as }).filter(({ ephemeral }) => ephemeral);
const asked = () => here.app.of('requestImage') as ImageInput[];
const settled = async () => {
  await here.bolt.idle();
};

describe('/imagine', () => {
  test('with a prompt asks for an image, in the person’s own words', async () => {
    const answer = await imagine('a fox & <hen> for @marcus in #atlas-outdoor --n 2 --stage final');
    await settled();
    expect(answer).toEqual({ ok: true });
    expect(asked()).toEqual([
      {
        deliveryId: expect.stringMatching(/^cmd-[\w-]{32}$/),
        requester: inChannel(ANA, NORTHWIND, { responseUrl: expect.stringContaining('/actions/') }),
        place: { channelId: NORTHWIND, threadId: null },
        prompt: 'a fox & <hen> for @marcus in #atlas-outdoor',
        options: {},
        imagesCount: 2,
        stage: 'final',
        project: null,
        from: 'channel',
      },
    ]);
  });

  test('delivered twice is the same delivery, typed twice is not', async () => {
    here.slack.faults.nextDelivery('duplicate');
    await imagine('a fox');
    await imagine('a fox');
    await settled();
    const ids = asked().map(({ deliveryId }) => deliveryId);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
  });

  test('is acknowledged before it is worked on', async () => {
    let release = () => {};
    here.app.answerNext(
      'requestImage',
      () =>
        new Promise<void>((resolve) => {
          release = resolve;
        }),
    );
    expect(await imagine('a fox')).toEqual({ ok: true });
    release();
    await settled();
  });

  test('help and mistakes are answered to the person alone', async () => {
    await imagine('help');
    await settled();
    expect(whispers().at(-1)?.text).toContain('/imagine makes images with the credits');
    await imagine('a fox --sise 1024x1024');
    await settled();
    expect(whispers().at(-1)?.text).toContain('There’s no option --sise. Did you mean --size?');
    expect(JSON.stringify(whispers().at(-1)?.blocks)).toContain('/imagine a fox --sise 1024x1024');
    expect(whispers(NORTHWIND, OLIVIA)).toEqual([]);
    expect(asked()).toEqual([]);
  });

  test('alone opens the form, with what was typed besides', async () => {
    await imagine('--n 3');
    await settled();
    expect(here.slack.modal(ANA)?.callback_id).toBe('imagine');
    expect(JSON.stringify(here.slack.modal(ANA)?.blocks)).toContain('"value":"3"');
    await here.slack.as(ANA).close(here.slack.modal(ANA)!);
  });

  test.each([
    [20, expect.stringContaining('/actions/')],
    [31, null],
    [300, null],
  ])('whose form is sent %i minutes later answers where Slack still takes it', async (minutes, responseUrl) => {
    await imagine('--n 2');
    await settled();
    here.clock.pass(minutes * 60_000);
    await here.slack.as(ANA).submit(here.slack.modal(ANA)!, { prompt: 'a fox' });
    await settled();
    expect(asked()).toMatchObject([{ requester: { memberId: ANA, replyTo: { channelId: NORTHWIND, responseUrl } } }]);
  });

  test('in a channel that the app is not in is answered all the same', async () => {
    await here.slack.kick('C0ATLAS');
    await imagine('--wrong', { channelId: 'C0ATLAS' });
    await settled();
    expect(whispers('C0ATLAS').at(-1)?.text).toContain('no option --wrong');
    await here.slack.invite('C0ATLAS');
  });
});

describe('an invitation to a channel', () => {
  test('of Inkwell is greeted, of a person is not', async () => {
    await here.slack.kick('C0MIRA');
    await here.slack.invite('C0MIRA');
    await here.slack.join('C0MIRA', 'U0GINA');
    await settled();
    expect(here.app.of('greetChannel')).toEqual([{ channelId: 'C0MIRA' }]);
  });

  test('stays true: it is looked at again when others come, go, or share the channel', async () => {
    await here.slack.join('C0MIRA', 'U0GINA');
    await here.slack.leave('C0MIRA', 'U0GINA');
    await here.slack.share('C0MIRA');
    await here.slack.share('C0MIRA', false);
    await settled();
    expect(here.app.of('checkGreeting')).toEqual(Array(4).fill({ channelId: 'C0MIRA' }));
  });
});

describe('what goes wrong', () => {
  test.each([
    [() => new JournalFault('unavailable'), 'can’t save anything right now. Nothing was charged', 'JournalFault'],
    [() => new JournalFault('uncertain'), 'isn’t sure this was saved', 'JournalFault'],
    [() => new BookFault('busy'), 'very busy right now. Nothing was charged', 'BookFault'],
    [
      () => new PeopleFault('users.info: timeout'),
      'couldn’t ask Slack who you are. Nothing was charged',
      'PeopleFault',
    ],
    [
      () => new TypeError('x is not a function'),
      'Something went wrong. Nothing was charged unless a message here says it was.',
      'TypeError',
    ],
    [
      () => Object.assign(new Error('the prompt: embargoed serum'), { code: 'E_ODD' }),
      'Something went wrong.',
      'Error',
    ],
  ])('is told under a reference that the log has too (%#)', async (fault, words, name) => {
    here.app.answerNext('requestImage', () => Promise.reject(fault()));
    await imagine('embargoed serum');
    await settled();
    const told = whispers().at(-1)?.text ?? '';
    const reference = /Reference (REF-\d+)\.$/.exec(told)?.[1];
    expect(told).toContain(words);
    expect(here.log.entries).toMatchObject([
      { level: 'error', facts: { reference, name, what: '/imagine', stack: expect.stringMatching(/^at /) } },
    ]);
    expect(JSON.stringify(here.log.entries)).not.toMatch(/serum|xoxb|aaaaaaaa/);
  });

  test('is told to the person directly where neither answer nor channel is left', async () => {
    here.app.answerNext('requestImage', () => Promise.reject(new BookFault('closed')));
    here.slack.faults.next('response_url', { status: 404 });
    here.slack.faults.next('chat.postEphemeral', { error: 'channel_not_found' });
    await imagine('a fox');
    await settled();
    expect(here.slack.messages(here.slack.directMessage(ANA), { as: ANA }).at(-1)?.text).toContain('is restarting');
  });

  test('about a form that opened too late says so', async () => {
    here.slack.faults.next('views.open', { error: 'expired_trigger_id' });
    await imagine('');
    await settled();
    expect(whispers().at(-1)?.text).toContain('couldn’t open the form. Nothing was charged. Try again. Reference');
  });
});

describe('events about people', () => {
  test('make what is remembered of them go', async () => {
    expect(await here.people.look('U0BEN')).toMatchObject({ kind: 'member' });
    await here.slack.changePerson('U0BEN', { kind: 'guest' });
    await settled();
    expect(await here.people.look('U0BEN')).toMatchObject({ kind: 'guest' });
    expect(here.app.of('removeDeactivated')).toEqual([]);
    await here.slack.changePerson('U0BEN', { deactivated: true });
    await settled();
    expect(here.app.of('removeDeactivated')).toEqual([{ memberId: 'U0BEN' }]);
    expect(await here.people.look('U0BEN')).toMatchObject({ kind: 'deactivated' });
  });
});
