/** Whether a key that is sent to this address can be read on the way: plain http, to another machine. */
export function isReadOnTheWay(baseUrl: string): boolean {
  const { protocol, hostname } = new URL(baseUrl);
  return protocol === 'http:' && !isThisMachine(hostname);
}

/** As `URL` writes them: every spelling of an IPv4 address has become four figures by then. */
const isThisMachine = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname.endsWith('.localhost') ||
  hostname === '[::1]' ||
  /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);

export const MUST_BE_HTTPS =
  'must begin with https, because a key is sent there. Only this machine may be asked over http.';
