// Person, channel, tab and thread in the address: `?as=U0ANA#C0NORTH`, `#D0APP:home`, `#C0NORTH:1700000000.000100`.
// A reload, a bookmark or a screenshot lands where the last one was.

export function readPlace(address = location) {
  const as = new URLSearchParams(address.search).get('as') ?? '';
  return { as, ...parseHash(address.hash) };
}

export function parseHash(hash) {
  const [channelId = '', rest = ''] = decodeURIComponent(hash.replace(/^#/, '')).split(':');
  const threadTs = /^\d+\.\d+$/.test(rest) ? rest : null;
  return { channelId, tab: rest === 'home' ? 'home' : 'messages', threadTs };
}

export function placeToAddress({ as, channelId, tab, threadTs }) {
  const rest = tab === 'home' ? ':home' : threadTs === null ? '' : `:${threadTs}`;
  return `?${new URLSearchParams({ as })}#${channelId}${rest}`;
}

export function writePlace(place) {
  const address = placeToAddress(place);
  if (address !== location.search + location.hash) history.replaceState(null, '', address);
}
