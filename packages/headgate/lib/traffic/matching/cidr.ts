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
