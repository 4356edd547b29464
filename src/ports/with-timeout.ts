import type { Clock } from './ports.ts';

/** What some work comes to, or what is said instead where it takes longer than that; it is then not waited for. */
export function withTimeout<Value, Late>(
  clock: Clock,
  { ms, work, late }: { ms: number; work: Promise<Value>; late: () => Late | Promise<Late> },
): Promise<Value | Late> {
  return new Promise((resolve, reject) => {
    const takeBack = clock.after(ms, () => resolve(late()));
    work.then(
      (value) => {
        takeBack();
        resolve(value);
      },
      (error: unknown) => {
        takeBack();
        reject(error as Error);
      },
    );
  });
}
