// Work that is asked for again while it is at work.
export function single(work) {
  let running = null;
  let waiting = null;
  const run = () => {
    running = work().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (running === null) return run();
    waiting ??= running
      .catch(() => {})
      .then(() => {
        waiting = null;
        return run();
      });
    return waiting;
  };
}
