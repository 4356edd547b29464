import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { refusalMessage } from '../../src/slack/refusals/refusal.ts';
import { isLong } from '../support/is-long.ts';
import { OLIVIA } from '../support/world.ts';
import { type Inkwell, startInkwell } from './set-up-world.ts';

const ROUNDS = isLong ? 300 : 6;
const ROUNDS_MS = isLong ? 600_000 : 60_000;
/** Names of fields, units of the machine, and figures that nobody groups. */
const MACHINE = /\b[a-z]+[A-Z]\w*|_|\bms\b|milli|micro|basis|\d{5,}|undefined|null|NaN/;

describe('the settings form', () => {
  let inkwell: Inkwell;
  beforeAll(async () => {
    inkwell = await startInkwell();
  });
  afterAll(() => inkwell.stop());
  afterEach(() => expect(inkwell.slack.violations).toEqual([]));

  const settings = () => inkwell.world.book.now().settings;

  async function open(action = 'policy_open') {
    const left = inkwell.slack.modal(OLIVIA);
    if (left) await inkwell.slack.as(OLIVIA).close(left);
    await inkwell.slack.as(OLIVIA).openHome();
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, 'home_tab_limits', { value: '[0,0,"@limits"]' });
    await inkwell.idle();
    await inkwell.slack.as(OLIVIA).click(inkwell.slack.home(OLIVIA)!, action);
    return await inkwell.slack.until(() => inkwell.slack.modal(OLIVIA));
  }
  const send = async (typed: Record<string, string>) => {
    await inkwell.slack.as(OLIVIA).submit(inkwell.slack.modal(OLIVIA)!, typed);
    await inkwell.idle();
    return inkwell.slack.modal(OLIVIA)?.errors ?? {};
  };

  test.each<[Record<string, string>, Record<string, string>]>([
    [{ escalate_hours: '0.01' }, { escalate_hours: 'Write a number of hours from 0.02 to 336.' }],
    [{ escalate_hours: '337' }, { escalate_hours: 'Write a number of hours from 0.02 to 336.' }],
    [{ escalate_hours: 'two' }, { escalate_hours: 'Write a number of hours from 0.02 to 336.' }],
    [{ lapse_hours: '720.5' }, { lapse_hours: 'Write a number of hours from 0.02 to 720.' }],
    [{ lapse_hours: '-3' }, { lapse_hours: 'Write a number of hours from 0.02 to 720.' }],
    [{ lapse_hours: '1' }, { lapse_hours: 'They would expire before owners are asked too. Write more than 2.' }],
    [{ lapse_hours: '2' }, { lapse_hours: 'They would expire before owners are asked too. Write more than 2.' }],
    [{ escalate_hours: '24' }, { lapse_hours: 'They would expire before owners are asked too. Write more than 24.' }],
    [
      { escalate_hours: '30,5', lapse_hours: '30.25' },
      { lapse_hours: 'They would expire before owners are asked too. Write more than 30,5.' },
    ],
    [
      { burst_count: '1001', burst_minutes: '1441' },
      {
        burst_count: 'Write a whole number from 1 to 1,000.',
        burst_minutes: 'Write a number of minutes from 0.02 to 1,440.',
      },
    ],
    [{ burst_count: '', burst_minutes: '5' }, { burst_count: 'Write a whole number from 1 to 1,000.' }],
    [{ repeats_count: '101' }, { repeats_count: 'Write a whole number from 1 to 100.' }],
    [{ repeats_count: '0' }, { repeats_count: 'Write a whole number from 1 to 100.' }],
    [{ repeats_days: '0.5' }, { repeats_days: 'Write a number of days from 1 to 90.' }],
    [{ repeats_days: '91' }, { repeats_days: 'Write a number of days from 1 to 90.' }],
    [{ coaching: 'ü'.repeat(2_001) }, { coaching: 'It has 2,001 characters. The maximum is 2,000.' }],
    [
      { reactions: 'star trophy waste<basket' },
      { reactions: 'waste<basket isn’t the name of an emoji. Slack shows names in its emoji menu.' },
    ],
    [{ quiet_from: '20:00', quiet_to: '20:00' }, { quiet_to: 'Write two different times, or leave both empty.' }],
    [
      { alerts_percents: '50, 101' },
      { alerts_percents: 'Write up to five whole numbers from 1 to 100, such as 50, 80, 100.' },
    ],
  ])('says at the field what is wrong with %o, and saves nothing of the form', async (wrong, errors) => {
    const { seq } = inkwell.world.book.now();
    await open();
    expect(await send({ default_role: 'viewer', ...wrong })).toEqual(errors);
    expect(inkwell.world.book.now().seq).toBe(seq);
    expect(settings()?.defaultRole).toBe('creator');
  });

  test('a contradiction with what someone else has saved meanwhile stays at the field too', async () => {
    await open();
    const policy = { name: 'escalateAfterMs', value: 20 * 3_600_000 } as const;
    await inkwell.world.book.submit({ commandId: 'other', by: OLIVIA, kind: 'set_policy', policy });
    const { seq } = inkwell.world.book.now();
    expect(await send({ lapse_hours: '12', default_role: 'viewer' })).toEqual({
      lapse_hours: 'Requests must expire after owners are asked too, within 30 days.',
    });
    expect(inkwell.world.book.now().seq).toBe(seq);
    await send({ lapse_hours: '21' });
    expect(inkwell.slack.modal(OLIVIA)).toBeNull();
    expect(settings()).toMatchObject({ escalateAfterMs: 20 * 3_600_000, lapseAfterMs: 21 * 3_600_000 });
  });

  const odd = fc.constantFrom(
    ...[
      '',
      ' ',
      '0',
      '1',
      '-1',
      '2',
      '0.01',
      '0,5',
      '12',
      '48',
      '99',
      '720',
      '1440',
      '999999',
      '1e9',
      'two',
      '½',
      '٣',
      '10²',
    ],
    ...['1,200', '１２', '20:00', '25:99', '50, 80', 'star trophy heart', 'a b c', '<@U1>', '💥', '‮12', 'NaN', 'null'],
  );
  const FIELDS: Record<string, readonly string[]> = {
    policy_open: [
      ...[
        'burst_count',
        'burst_minutes',
        'escalate_hours',
        'lapse_hours',
        'owner_above',
        'repeats_count',
        'repeats_days',
      ],
      ...['alerts_percents', 'quiet_from', 'quiet_to', 'coaching', 'reactions'],
    ],
    calendar_prices_open: ['time_zone', 'credit_value', 'markup'],
    rule_creators: ['images_max', 'price_max'],
  };

  test.each(Object.entries(FIELDS))(
    '%s takes random values whole, or says in plain words why not',
    async (action, names) => {
      const typed = fc.record(Object.fromEntries(names.map((name) => [name, odd])), { requiredKeys: [] });
      for (const values of fc.sample(typed, { numRuns: ROUNDS, seed: 13 })) {
        const { seq } = inkwell.world.book.now();
        await open(action);
        const fits = (name: string) => (name.startsWith('quiet') ? 5 : 12);
        const cut = Object.entries(values).map(([name, value]) => [name, (value ?? '').slice(0, fits(name))] as const);
        const errors = await send(Object.fromEntries(cut));
        for (const [field, words] of Object.entries(errors)) {
          expect(names).toContain(field);
          // What a person typed is quoted as it was.
          expect(cut.reduce((left, [, value]) => left.replaceAll(value || '\0', ''), words)).not.toMatch(MACHINE);
        }
        if (Object.keys(errors).length > 0) expect(inkwell.world.book.now().seq).toBe(seq);
        const { escalateAfterMs = 0, lapseAfterMs = 0 } = settings() ?? {};
        expect(lapseAfterMs).toBeGreaterThan(escalateAfterMs);
      }
      expect(inkwell.errors).toEqual([]);
    },
    ROUNDS_MS,
  );
});

describe('a value that the ledger refuses', () => {
  const sources = readdirSync('src/ledger', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join('src/ledger', name), 'utf8'));
  const fields = sources.flatMap((text) =>
    [...text.matchAll(/(?:invalid|check\w+)\(\s*'(\w+)'/g)].map(([, field = '']) => field),
  );

  test('is found by the name of its field', () => expect(new Set(fields).size).toBeGreaterThan(40));

  test.each([...new Set([...fields, 'aFieldOfTomorrowMs'])])(
    '%s is told without that name, and without a unit of ours',
    (field) => {
      const refusal = { reason: 'invalid' as const, field, problem: 'must be a whole number from 1 to 1000000000' };
      const to = { readerId: OLIVIA, audience: 'internal' as const, clientName: null, helpers: [] };
      const { text } = refusalMessage(refusal, to);
      expect(text).not.toMatch(MACHINE);
      expect(text).toMatch(/^[A-Z].+\.$/s);
    },
  );
});
