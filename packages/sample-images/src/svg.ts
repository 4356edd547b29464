export type Point = readonly [x: number, y: number];

type Attributes = Readonly<Record<string, string | number>>;

/** An element; numbers are rounded, because a hundredth of a pixel is more than anybody sees. */
export function tag(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => `${key}="${write(value)}"`);
  return `<${[name, ...written].join(' ')}>${children.join('')}</${name}>`;
}

/** Path data with numbers and points in it: d`M${from}L${to}Z`. */
export function d(parts: TemplateStringsArray, ...values: readonly (string | number | Point)[]): string {
  return String.raw(
    { raw: parts },
    ...values.map((value) => (typeof value === 'object' ? value.map(write).join(' ') : write(value))),
  );
}

export function polygon(points: readonly Point[]): string {
  return `M${points.map((point) => d`${point}`).join('L')}Z`;
}

/** A soft line through the points (Catmull-Rom as Bézier curves), starting with a move. */
export function smooth(points: readonly Point[]): string {
  const at = (index: number): Point => points[Math.min(Math.max(index, 0), points.length - 1)] ?? [0, 0];
  const curves = points.slice(1).map((to, index) => {
    const [before, from, after] = [at(index - 1), at(index), at(index + 2)];
    const leave: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const arrive: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    return d`C${leave} ${arrive} ${to}`;
  });
  return d`M${at(0)}${curves.join('')}`;
}

/** Everything below a line that runs from left to right, down to `bottom`. */
export function below(line: readonly Point[], bottom: number, { soft }: { soft: boolean }): string {
  const first = line[0] ?? [0, 0];
  const last = line.at(-1) ?? first;
  const top = soft ? smooth(line) : polygon(line).slice(0, -1);
  return d`${top}L${[last[0], bottom]}L${[first[0], bottom]}Z`;
}

export type Stop = readonly [offset: number, colour: string, opacity?: number];

/** From top to bottom, unless it is turned to run from left to right. */
export function linear(id: string, stops: readonly Stop[], { across = false } = {}): string {
  const direction = across ? { x1: 0, y1: 0, x2: 1, y2: 0 } : { x1: 0, y1: 0, x2: 0, y2: 1 };
  return tag('defs', {}, tag('linearGradient', { id, ...direction }, ...stops.map(stop)));
}

/** From a centre outwards; centre and reach are shares of the shape it fills. */
export function radial(
  id: string,
  stops: readonly Stop[],
  place: { cx?: number; cy?: number; r?: number } = {},
): string {
  return tag('defs', {}, tag('radialGradient', { id, ...place }, ...stops.map(stop)));
}

function stop([offset, colour, opacity = 1]: Stop): string {
  return tag('stop', { offset, 'stop-color': colour, 'stop-opacity': opacity });
}

function write(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : value;
}
