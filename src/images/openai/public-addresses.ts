import { lookup as lookupAll } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Whether an IP address is one of the internet's own: no machine beside us, no network behind our walls. */
export function isPublic(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast';
}

/** Whether a host is an address that is not public; a name is looked up only when it is connected to. */
export const isPrivateLiteral = (host: string): boolean => isIP(host.replace(/^\[|\]$/g, '')) !== 0 && !isPublic(host);

/** Looks a name up, and finds only public addresses: looked up and used in one go, so that nothing changes in between. */
export const publicLookup: LookupFunction = (host, options, done) => {
  lookupAll(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 4);
    const allowed = addresses.filter(({ address }) => isPublic(address));
    const [first] = allowed;
    if (!first) return done(Object.assign(new Error('not a public address'), { code: 'INKWELL_PRIVATE' }), '', 4);
    if (options.all) return (done as unknown as (error: null, all: typeof allowed) => void)(null, allowed);
    done(null, first.address, first.family);
  });
};
