export type Measured = {
  name: string;
  value: number;
  unit: string;
  /** In words, such as `>= 0.5`; null where a figure is only to be known. */
  aim: string | null;
  met: boolean | null;
};

/** One JSON line, so that runs can be compared by a machine. */
export function report({ name, value, unit, aim, met }: Measured) {
  console.log(JSON.stringify({ name, value: Math.round(value * 1_000) / 1_000, unit, aim, met }));
}

export const atLeast = (value: number, least: number) => ({ value, aim: `>= ${least}`, met: value >= least });
export const atMost = (value: number, most: number) => ({ value, aim: `<= ${most}`, met: value <= most });
export const toKnow = (value: number) => ({ value, aim: null, met: null });

export const quantile = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Milliseconds that some work took. */
export async function timed(work: () => Promise<unknown> | unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** Milliseconds of this process's own CPU: other programs on the machine and waits for the disk do not count. */
export async function cpuTimed(work: () => Promise<unknown> | unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}
