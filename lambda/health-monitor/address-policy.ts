import { BlockList, isIPv6 } from 'node:net';

/** Why an address must not be connected to; undefined when it may. */
export type AddressPolicy = (address: string, allowPrivateAddresses: boolean) => string | undefined;

// One list a family: in a common list Node matches every IPv4 address against ::ffff:0:0/96.
const ALWAYS_4: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8], // this host
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8], // loopback
  ['169.254.0.0', 16], // link-local: instance metadata, container credentials
  ['192.0.0.0', 24], // protocol assignments
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];
const ALWAYS_6: ReadonlyArray<readonly [string, number]> = [
  ['::', 96], // unspecified, loopback, IPv4-compatible
  ['::ffff:0:0', 96], // IPv4-mapped
  ['64:ff9b::', 96], // NAT64: an IPv4 address in disguise
  ['64:ff9b:1::', 48], // NAT64 of a network of its own
  ['2001::', 32], // Teredo
  ['2002::', 16], // 6to4
  ['fd00:ec2::', 32], // instance metadata and other services of the hypervisor
  ['fe80::', 10], // link-local
  ['ff00::', 8], // multicast
];
const PRIVATE_4: ReadonlyArray<readonly [string, number]> = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
];
const PRIVATE_6: ReadonlyArray<readonly [string, number]> = [['fc00::', 7]];

const always = { ipv4: blockList('ipv4', ALWAYS_4), ipv6: blockList('ipv6', ALWAYS_6) };
const privately = { ipv4: blockList('ipv4', PRIVATE_4), ipv6: blockList('ipv6', PRIVATE_6) };

/**
 * The only policy of the handler. It judges what a look-up gave, so whatever spelling the host had (octal, decimal, a name that points
 * inside) has become an address by now.
 */
export const strictPolicy: AddressPolicy = (address, allowPrivateAddresses) => {
  const bare = address.replace(/%.*$/, '');
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  if (always[family].check(bare, family)) return 'reserved address';
  if (!allowPrivateAddresses && privately[family].check(bare, family)) return 'private address';
  return undefined;
};

function blockList(family: 'ipv4' | 'ipv6', subnets: ReadonlyArray<readonly [string, number]>): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}
