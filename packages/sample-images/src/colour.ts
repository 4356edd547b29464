/** Colours are mixed in OKLab, where the middle of two colours looks like their middle. */
type Lab = { l: number; a: number; b: number };

export function mix(from: string, to: string, share: number): string {
  const one = labOf(from);
  const other = labOf(to);
  return hexOf({
    l: one.l + (other.l - one.l) * share,
    a: one.a + (other.a - one.a) * share,
    b: one.b + (other.b - one.b) * share,
  });
}

/** Turns a colour's hue towards another's, keeping its lightness, so that a night stays a night when it turns green. */
export function tint(hex: string, towards: string, share: number): string {
  const colour = labOf(hex);
  const target = labOf(towards);
  const chroma = Math.hypot(target.a, target.b);
  const kept = Math.max(Math.hypot(colour.a, colour.b), 0.3 * chroma);
  const scale = chroma === 0 ? 0 : Math.min(1, kept / chroma);
  const turned = hexOf({ l: colour.l, a: target.a * scale, b: target.b * scale });
  return mix(hex, turned, share);
}

export function lighter(hex: string, share: number): string {
  return mix(hex, '#ffffff', share);
}

export function darker(hex: string, share: number): string {
  return mix(hex, '#05060f', share);
}

/** 0 for black, 1 for white. */
export function lightnessOf(hex: string): number {
  return labOf(hex).l;
}

function labOf(hex: string): Lab {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    a: 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    b: 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  };
}

function hexOf({ l, a, b }: Lab): string {
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
  return `#${channels.map((channel) => byteOf(channel).toString(16).padStart(2, '0')).join('')}`;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function byteOf(channel: number): number {
  const clamped = Math.min(1, Math.max(0, channel));
  return Math.round(255 * (clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055));
}
