/** Whether a key that is sent to this address can be read on the way: plain http, to another machine of a network. */
export function isReadOnTheWay(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !isThisMachine(hostname) && !isContainer(hostname);
}

/** As `URL` writes them: every spelling of an IPv4 address has become four figures by then. */
const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

/** Containers of one network know each other by names without a dot, and the machine that they run on by this name. */
const isContainer = (hostname: string): boolean =>
  /^[a-z][a-z0-9_-]*$/.test(hostname) || hostname === 'host.docker.internal';

export const MUST_BE_HTTPS =
  'must begin with https, because a key is sent there. Only this machine, or a container beside it, may be asked over http.';
