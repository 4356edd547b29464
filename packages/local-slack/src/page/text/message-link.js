/** As `chat.getPermalink` answers. */
export function linkOf({ ts, threadTs }, { domain, channelId }) {
  const address = `https://${domain}.slack.com/archives/${channelId}/p${ts.replace('.', '')}`;
  return threadTs === null || threadTs === undefined || threadTs === ts
    ? address
    : `${address}?thread_ts=${threadTs}&cid=${channelId}`;
}
