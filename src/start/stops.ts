import { describe } from '../ports/describe-error.ts';
import type { Log } from '../ports/ports.ts';

type Stop = () => Promise<void> | void;

/** How each part of the process that was started is stopped. */
export type Stops = {
  push(stop: Stop): void;
  /** In reverse. A part that cannot be stopped keeps no other from it. */
  run(): Promise<void>;
};

export function createStops(log: Log): Stops {
  const stops: Stop[] = [];
  let ran = false;
  const end = async (stop: Stop) => {
    try {
      await stop();
    } catch (error) {
      log.error({ error: describe(error) }, 'could not stop a part');
    }
  };
  return {
    push(stop) {
      stops.push(stop);
      // It was on its way when the others were stopped.
      if (ran) void end(stop);
    },
    async run() {
      ran = true;
      for (const each of stops.splice(0).reverse()) await end(each);
    },
  };
}
