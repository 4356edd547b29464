import type { Clock } from './ports.ts';

/** What some work comes to, or what is said instead where it takes longer than that; it is then not waited for. */
export async function within<Value, Late>(
  clock: Clock,
  { ms, work, late }: { ms: number; work: Promise<Value>; late: () => Late | Promise<Late> },
): Promise<Value | Late> {
  let takeBack = () => {};
  const passed = new Promise<Late>((resolve) => {
    takeBack = clock.after(ms, () => resolve(late()));
  });
  return await Promise.race([work, passed]).finally(takeBack);
}
