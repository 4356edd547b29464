import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The least contrast that WCAG allows for text of this size. */
const RATIO_MIN = 4.5;
const STYLES = join(import.meta.dirname, '../../src/page/styles');
const base = readFileSync(join(STYLES, 'base.css'), 'utf8');
const tones = readFileSync(join(STYLES, 'tones.css'), 'utf8');

const colorsIn = (css: string) =>
  Object.fromEntries(
    [...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', color = '']) => [name, color]),
  );
const [light = '', dark = ''] = base.split('prefers-color-scheme: dark');
const THEMES = { light: colorsIn(light), dark: { ...colorsIn(light), ...colorsIn(dark) } };

/** Text, and what it stands on. */
const PAIRS: readonly [string, readonly string[]][] = [
  ['text', ['canvas', 'raised', 'sunken', 'hover']],
  ['soft', ['canvas', 'raised', 'sunken', 'hover']],
  ['link', ['canvas', 'raised', 'sunken', 'hover']],
  ['accent', ['canvas', 'raised', 'sunken']],
  ['code', ['canvas', 'sunken']],
  ['danger-text', ['canvas', 'raised', 'sunken', 'hover']],
  ['on-ink', ['ink', 'ink-deep', 'ink-soft']],
  ['on-ink-soft', ['ink', 'ink-deep', 'ink-soft']],
  ['warning-text', ['warning-bg']],
  ['chip-text', ['chip']],
  ['loud-text', ['loud']],
];
const UNDER_WHITE = ['primary', 'primary-hover', 'danger', 'danger-hover'];

function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dim = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(Object.entries(THEMES))('in %s colors', (_, colors) => {
  const cases = PAIRS.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground] as const));

  test.each(cases)('%s can be read on %s', (text, ground) => {
    expect(contrast(colors[text] ?? '', colors[ground] ?? '')).toBeGreaterThanOrEqual(RATIO_MIN);
  });

  test.each(UNDER_WHITE)('white letters can be read on %s', (ground) => {
    expect(contrast('#ffffff', colors[ground] ?? '')).toBeGreaterThanOrEqual(RATIO_MIN);
  });
});

test.each(
  [...tones.matchAll(/\.(tone-\d) \{\s*background: (#\w{6})/g)].map(([, tone = '', color = '']) => [tone, color]),
)('white letters can be read on a person’s %s', (_, color) =>
  expect(contrast('#ffffff', color)).toBeGreaterThanOrEqual(RATIO_MIN),
);
