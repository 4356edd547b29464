/**
 * A signal that fires with the caller's, or after `timeoutMs` at the latest. Written out because an `AbortSignal.any`
 * over an `AbortSignal.timeout` does not fire any more after a garbage collection on Node 20 (tried with 20.20).
 */
export function withDeadline(signal: AbortSignal, timeoutMs: number): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    },
  };
}
