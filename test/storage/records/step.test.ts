import { expect, test } from 'vitest';
import { parseStep, storedStep } from '../../../src/storage/records/step.ts';
import { asked, EVERY_FACT, stepOf } from '../../support/every-step.ts';

const URL = 'http://127.0.0.1/r';

test('a job that is answered where it was asked for is stored as earlier versions store it', () => {
  const here = { channelId: 'C1', threadTs: '1.1', responseUrl: URL };
  const stored = storedStep(asked({ place: { channelId: 'C1', threadId: '1.1' }, replyTo: here }));
  expect(stored).toMatchObject(here);
  for (const field of ['place', 'replyTo']) expect(stored).not.toHaveProperty(field);
});

test('a job of an earlier version is answered where it was asked for', () => {
  const { place, replyTo, ...rest } = asked() as ReturnType<typeof asked> & { kind: 'asked' };
  const json = JSON.stringify({ ...rest, channelId: 'C2', threadTs: '1.1', responseUrl: URL });
  expect(parseStep(json, 'job j1')).toEqual({
    ...rest,
    place: { channelId: 'C2', threadId: '1.1' },
    replyTo: { channelId: 'C2', threadTs: '1.1', responseUrl: URL },
  });
});

test('a job that is answered directly names no address', () => {
  expect(storedStep(asked({ replyTo: null }))).toMatchObject({ replyTo: null, responseUrl: null });
});

test('every step is read as it was written', () => {
  const choices = { options: { quality: 'low' }, stage: null, project: 'Spring launch' };
  const kept = [asked({ choices }), asked({ choices: { ...choices, guess: 'final' } }), asked({ keptInJobId: 'j0' })];
  for (const step of [asked(), ...kept, ...EVERY_FACT.map((fact, n) => stepOf(n + 1, fact))]) {
    expect(parseStep(JSON.stringify(storedStep(step)), 'job j1')).toEqual(step);
  }
});
