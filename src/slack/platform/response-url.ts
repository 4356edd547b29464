/** Slack's own domains; each answers below its name, too: `hooks.slack.com`. */
const SLACK_DOMAINS = ['slack.com', 'slack-gov.com'];

/**
 * Whether an address to answer at is Slack's: https at one of its hosts, or the very origin of the Web API that this
 * process talks to. Addresses come from payloads and from what was stored of them, and what is sent there is private.
 */
export function isSlackAddress(address: string, apiUrl: string | undefined): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password, origin } = new URL(address);
  if (username !== '' || password !== '') return false;
  if (apiUrl !== undefined && URL.canParse(apiUrl) && origin === new URL(apiUrl).origin) return true;
  if (protocol !== 'https:' || port !== '') return false;
  return SLACK_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}
