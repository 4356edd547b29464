import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * The machine's own address on its private network, where the other processes are expected; `127.0.0.1` where it has none.
 * Never one that the internet sees.
 */
export function privateAddress(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string {
  const addresses = Object.values(interfaces).flatMap((each) => each ?? []);
  const outside = addresses.filter(({ internal }) => !internal).map(({ address }) => address);
  return outside.find(isPrivate) ?? '127.0.0.1';
}

/** RFC 1918, RFC 6598 (shared by providers) and RFC 4193. */
function isPrivate(address: string): boolean {
  if (isIP(address) === 6) return /^f[cd]/i.test(address);
  const [first = 0, second = 0] = address.split('.').map(Number);
  return (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second < 128)
  );
}
