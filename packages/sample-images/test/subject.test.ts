import { describe, expect, test } from 'vitest';
import { lightnessOf, mix, tint } from '../src/colour.ts';
import { paletteOf } from '../src/palette.ts';
import { randomOf } from '../src/random.ts';
import { subjectOf } from '../src/words.ts';

describe('the subject of a prompt', () => {
  test.each([
    ['Two foxes? No: a fox in the forest, at NIGHT', { scene: 'forest', hour: 'night', motif: 'fox' }],
    ['sailing boats at dawn', { scene: 'sea', hour: 'dawn', motif: null }],
    ['a lighthouse on a sunny day', { scene: 'sea', hour: 'day', motif: 'lighthouse' }],
    ['skyline of Paris at sunset', { scene: 'city', hour: 'dusk' }],
    ['packshot: a mug of coffee on a table', { scene: 'still', motif: 'cup' }],
    ['a portrait of the founder in the desert', { scene: 'desert', motif: 'person' }],
    ['kittens', { scene: 'mountains', motif: 'cat' }],
    ['the Alps in green and gold', { scene: 'mountains', colours: ['#3f9a55', '#d9a72b'] }],
    ['red, green and blue shapes', { scene: 'abstract', colours: ['#d1333d', '#3f9a55'] }],
  ])('%s', (prompt, subject) => {
    expect(subjectOf(prompt, randomOf(prompt))).toMatchObject(subject);
  });

  test('is left to chance where no word is known, and always the same', () => {
    const prompts = Array.from({ length: 60 }, (_, index) => `xyzzy ${index}`);
    const scenes = prompts.map((prompt) => subjectOf(prompt, randomOf(prompt)).scene);
    expect(new Set(scenes).size).toBeGreaterThan(3);
    expect(prompts.map((prompt) => subjectOf(prompt, randomOf(prompt)).scene)).toEqual(scenes);
  });
});

describe('colours', () => {
  test('are mixed from one end to the other', () => {
    expect([mix('#102030', '#f0e0d0', 0), mix('#102030', '#f0e0d0', 1)]).toEqual(['#102030', '#f0e0d0']);
  });

  test('keep their lightness when they are tinted, so that a night stays a night', () => {
    for (const colour of ['#070c22', '#a3486f', '#ffd9b8']) {
      for (const towards of ['#d1333d', '#3f9a55', '#8a8f99']) {
        expect(Math.abs(lightnessOf(tint(colour, towards, 1)) - lightnessOf(colour))).toBeLessThan(0.03);
      }
    }
  });

  test('of a prompt turn the palette, and the second is its accent', () => {
    const plain = paletteOf('dusk', 0, []);
    const turned = paletteOf('dusk', 0, ['#3f9a55', '#d9a72b']);
    expect(turned.sky).not.toEqual(plain.sky);
    expect(turned.accent).toBe('#d9a72b');
  });
});

describe('chance', () => {
  test('is the same for the same words and stays in its bounds', () => {
    const [one, again, other] = [randomOf('a'), randomOf('a'), randomOf('b')];
    const drawn = Array.from({ length: 1000 }, () => one.next());
    expect(Array.from({ length: 1000 }, () => again.next())).toEqual(drawn);
    expect(other.next()).not.toBe(drawn[0]);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    const counts = Array.from({ length: 500 }, () => one.count(2, 4));
    expect([...new Set(counts)].toSorted()).toEqual([2, 3, 4]);
  });
});
