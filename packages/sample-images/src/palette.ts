import { mix, tint } from './colour.ts';

/** The colours of one picture, from the far light to the near dark. */
export type Palette = {
  /** From the zenith down to the horizon. */
  sky: readonly [string, string, string];
  /** Sun or moon. */
  light: string;
  /** What the distance fades into. */
  haze: string;
  /** What stands nearest. */
  shade: string;
  accent: string;
  /** The strip below the picture and its text. */
  paper: string;
  ink: string;
};

export type Hour = 'dawn' | 'day' | 'dusk' | 'night';

const HOURS: Readonly<Record<Hour, readonly [Palette, ...Palette[]]>> = {
  dawn: [
    picture(['#5b6c9d', '#c9a2b8', '#ffd9b8'], '#fff3dc', '#e9b8ae', '#2f3457', '#e0796b'),
    picture(['#86a7c9', '#e7c3c0', '#fdebcf'], '#fffaf0', '#d9bfc4', '#39415e', '#d98a6a'),
  ],
  day: [
    picture(['#4c96c4', '#9fcbd9', '#f0eedd'], '#fffbe8', '#b5d3d2', '#1f4a4c', '#e8a33d'),
    picture(['#5f9ea8', '#b8d7c6', '#f6efd9'], '#fff8e1', '#bcd2bb', '#24463c', '#dd6e42'),
  ],
  dusk: [
    picture(['#2c2250', '#a3486f', '#ffab6e'], '#ffe3b0', '#d9737a', '#1d1433', '#ffb454'),
    picture(['#3a2e5c', '#c95d63', '#f6c177'], '#fff0c9', '#c76b72', '#241a38', '#f2855e'),
  ],
  night: [
    picture(['#070c22', '#182a5a', '#4a6796'], '#f3efdc', '#4a6592', '#060a1a', '#f0c674'),
    picture(['#0b0f2b', '#2b2560', '#6a5a9a'], '#f7f0e3', '#57508c', '#090a20', '#ef9fb0'),
  ],
};

/** Words of colour, each with a colour that stands for it. */
export const COLOURS: ReadonlyMap<string, string> = new Map(
  `
  red #d1333d, crimson #b3203a, scarlet #d9342b, ruby #a81c3f, burgundy #7a1f3a, coral #f2735d,
  orange #ee7b28, amber #f0a122, terracotta #c5613f, copper #b8693d, peach #f6b08a,
  yellow #f0c52e, gold #d9a72b, mustard #cf9f24, ochre #c98d32,
  green #3f9a55, emerald #1c9466, olive #85893a, mint #86cfae, sage #93ab8a, lime #9bc53d,
  teal #1f8a8c, turquoise #35b5b0, cyan #2fb3cf, aqua #45b8c9,
  blue #2f6fc4, navy #22386f, azure #3f8fd9, indigo #43409b, cobalt #2650b5,
  purple #7a46a8, violet #7f52c4, lavender #a492d6, lilac #b598d3, magenta #c0368b, plum #7b3a6b,
  pink #e888a9, rose #d9657f, fuchsia #cf3d94,
  brown #80553a, sepia #8a6a45, beige #d8c3a0,
  grey #8a8f99, gray #8a8f99, silver #a9b1bd, monochrome #7d828c, black #3a3d46, white #d9dde3
  `
    .split(',')
    .map((entry) => entry.trim().split(' '))
    .map(([word = '', colour = '']) => [word, colour]),
);

export function paletteOf(hour: Hour, variant: number, colours: readonly string[]): Palette {
  const choices = HOURS[hour];
  const base = choices[variant % choices.length] ?? choices[0];
  const [main, second] = colours;
  if (main === undefined) return base;
  const turn = (colour: string, share: number) => tint(colour, main, share);
  return {
    ...base,
    sky: [turn(base.sky[0], 0.75), turn(base.sky[1], 0.8), turn(base.sky[2], 0.45)],
    haze: turn(base.haze, 0.8),
    shade: turn(base.shade, 0.8),
    accent: second ?? mix(base.accent, main, 0.35),
  };
}

function picture(sky: Palette['sky'], light: string, haze: string, shade: string, accent: string): Palette {
  return { sky, light, haze, shade, accent, paper: '#f7f3ea', ink: '#2a2a33' };
}
