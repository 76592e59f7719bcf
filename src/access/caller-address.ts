import { isLoopback } from '#domain/loopback.ts';

/** What tells where a request comes from. */
export interface RequestOrigin {
  /** Other end of the connection; undefined when it is gone. */
  remoteAddress: string | undefined;
  /** The header `X-Forwarded-For`. */
  forwardedFor: string | undefined;
  /** How many proxies stand before the server: so many addresses are believed, from the end. */
  trustedProxies: number;
}

/** Eight groups of 16 bits; one caller has at least the last four to themselves. */
const IPV6_GROUPS = 8;
const IPV6_NETWORK_GROUPS = 4;

/**
 * The address that a caller is counted under: an IPv4 address, or the network (`/64`) of an IPv6 one. Undefined for callers on this
 * machine, when no proxy stands before the server.
 */
export function findCallerAddress({
  remoteAddress = 'unknown',
  forwardedFor,
  trustedProxies,
}: RequestOrigin): string | undefined {
  if (trustedProxies === 0) {
    return isLoopback(withoutPort(remoteAddress)) ? undefined : toNetwork(withoutPort(remoteAddress));
  }
  const hops = [...(forwardedFor?.split(',') ?? []), remoteAddress];
  return toNetwork(withoutPort(hops.at(-1 - trustedProxies) ?? hops[0]!));
}

/** Proxies may give one; an IPv4 address may come as an IPv6 one. */
function withoutPort(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '');
  return bare.replace(/^([\d.]+):\d+$/, '$1');
}

function toNetwork(address: string): string {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return address;
  // `URL` knows every way of writing one.
  if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]`)) return 'unknown';
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string | undefined) => part?.split(':').filter(Boolean) ?? [];
  const missing = IPV6_GROUPS - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  return `${all.slice(0, IPV6_NETWORK_GROUPS).join(':')}::/64`;
}
