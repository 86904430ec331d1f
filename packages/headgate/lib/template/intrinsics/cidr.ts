import ipaddr from 'ipaddr.js';
import type { Scope } from '../scope';
import { Computed, Symbolic, type Text } from '../value';
import type { Intrinsic } from './intrinsic';

/** The most blocks that CloudFormation gives. */
const MAX_COUNT = 256;

/**
 * `Fn::Cidr`: the first blocks of so many addresses inside a block. What it gives without the number of bits isn't documented, so it
 * stays symbolic.
 */
export const cidr: Intrinsic = (raw, scope) => {
  const args = scope.args(raw, 'Fn::Cidr', 2, 3).map((arg) => scope.text(arg, 'the values of Fn::Cidr'));
  const [block, count, bits] = args;
  const most = wholeNumber(count!, 'the count of Fn::Cidr', 1, MAX_COUNT, scope);
  if (block instanceof Symbolic || most === undefined || bits === undefined) return new Computed('Cidr', args);
  if (!ipaddr.isValidCIDR(block!)) throw scope.unusable(`Fn::Cidr takes a block such as 10.0.0.0/16, got '${block}'`);
  const [address, prefix] = ipaddr.parseCIDR(block!);
  const width = address.kind() === 'ipv4' ? 32 : 128;
  const size = wholeNumber(bits, 'the bits of Fn::Cidr', 1, width - prefix, scope);
  if (size === undefined) return new Computed('Cidr', args);
  // Counted by exponents: the blocks of IPv6 hold more addresses than a number can.
  if (Math.log2(most) > width - prefix - size) {
    throw scope.unusable(`Fn::Cidr takes ${most} blocks of ${size} bits from ${block}, which hasn't so many`);
  }
  const first = numberOf(address) & (~0n << BigInt(width - prefix));
  return Array.from({ length: most }, (_, index) => {
    const start = first + (BigInt(index) << BigInt(size));
    return `${ipaddr.fromByteArray(bytesOf(start, width / 8))}/${width - size}`;
  });
};

/** A number in its limits; undefined if it isn't known. */
function wholeNumber(text: Text, what: string, least: number, most: number, scope: Scope): number | undefined {
  if (text instanceof Symbolic) return undefined;
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= least && number <= most) return number;
  throw scope.unusable(`${what} must be an integer from ${least} to ${most}, got '${text}'`);
}

function numberOf(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

function bytesOf(number: bigint, length: number): number[] {
  return Array.from({ length }, (_, index) => Number((number >> BigInt(8 * (length - 1 - index))) & 0xffn));
}
