import ipaddr from 'ipaddr.js';

/** Whether an address is in any of some CIDR blocks. Blocks that aren't usable match nothing. */
export function compileBlocks(blocks: readonly string[]): (address: string) => boolean {
  const ranges = blocks.flatMap((block) => (ipaddr.isValidCIDR(block) ? [ipaddr.parseCIDR(block)] : []));
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    const parsed = ipaddr.process(address);
    return ranges.some((range) => parsed.kind() === range[0].kind() && parsed.match(range));
  };
}

const PRIVATE = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].map((block) => ipaddr.parseCIDR(block));

/** Whether any address of a block is one of the internet. */
export function holdsPublic(block: string): boolean {
  if (!ipaddr.isValidCIDR(block)) return false;
  const [address, bits] = ipaddr.parseCIDR(block);
  return !PRIVATE.some(
    ([base, least]) => address.kind() === base.kind() && bits >= least && address.match([base, least]),
  );
}
