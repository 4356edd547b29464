import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config.ts';
import { createImageProviders } from '../../../src/start/providers.ts';
import { createPaperLog } from '../../slack/quick-slack.ts';
import { createClock } from '../../support/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'inkwell-rates-'));
const path = join(folder, 'rates.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const card = ({ usd = 0.04, id = 'mine', url = 'https://images.example/v1' } = {}) => `
endpoints:
  here: { base_url: ${url}, key_variable: HERE_API_KEY }
cards:
  - id: ${id}
    valid_from: 2026-01-01
    models:
      - { id: flux, label: Flux, made_by: here, sizes: [1024x1024], usd_per_image: ${usd}, takes: [size],
          usually_takes_seconds: 5, gives_up_after_seconds: 60 }
`;

describe('the file that RATE_CARD names', () => {
  let log: ReturnType<typeof createPaperLog>;
  const start = (environment: Record<string, string> = { RATE_CARD: path, HERE_API_KEY: 'a-secret' }) => {
    const config = readConfig({ SKETCH: 'on', ...environment }, 'UTC');
    return createImageProviders(config, createClock(), log);
  };
  beforeEach(() => {
    log = createPaperLog();
    writeFileSync(path, card());
  });

  test.each([
    ['as it was', card()],
    ['with a remark more', `# Prices of 2027\n${card()}`],
    ['written otherwise', card().replace('label: Flux', 'label: "Flux"')],
  ])('says nothing new where it is %s', async (_, text) => {
    const making = start();
    writeFileSync(path, text);
    await making.lookAtRateCard();
    expect(log.entries).toEqual([]);
    await making.close();
  });

  test.each([
    ['another price', card({ usd: 0.05 })],
    ['another card', card({ id: 'mine-2027' })],
    ['another server', card({ url: 'https://other.example/v1' })],
  ])('is told once where it has %s, and the prices of the start hold', async (_, text) => {
    const making = start();
    const before = making.rateCard();
    writeFileSync(path, text);
    for (let round = 0; round < 3; round += 1) await making.lookAtRateCard();
    expect(log.entries).toEqual([
      { level: 'warn', facts: { path }, message: expect.stringContaining('restart it') as string },
    ]);
    expect(making.rateCard()).toEqual(before);
    writeFileSync(path, card());
    await making.lookAtRateCard();
    expect(log.entries[1]).toMatchObject({ level: 'info' });
    await making.close();
  });

  test.each([
    ['a mistake', () => writeFileSync(path, card().replace('usd_per_image: 0.04', 'usd_per_image: four')), 'line 8'],
    ['a word too many', () => writeFileSync(path, card().replace('label: Flux', 'labl: Flux')), 'line 8'],
    ['no letter in it', () => writeFileSync(path, ''), path],
    ['gone', () => rmSync(path), 'isn’t there'],
  ])('is told with what would stop the next start: %s', async (_, change, says) => {
    const making = start();
    change();
    await making.lookAtRateCard();
    await making.lookAtRateCard();
    expect(log.entries).toHaveLength(1);
    expect(log.entries[0]).toMatchObject({
      level: 'warn',
      message: expect.stringContaining('will not start again') as string,
    });
    expect(JSON.stringify(log.entries[0]?.facts.problems)).toContain(says);
    expect(JSON.stringify(log.entries)).not.toContain('a-secret');
    await making.close();
  });

  test('is looked for only where it is named', async () => {
    const making = start({});
    await making.lookAtRateCard();
    expect(log.entries).toEqual([]);
    await making.close();
  });
});
