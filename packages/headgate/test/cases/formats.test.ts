import { isAddress, isCountry, isRegion } from '../../lib/cases';

test.each(['192.0.2.1', '2001:db8::1', '::1', '::ffff:192.0.2.1'])('%s is an address', (text) => {
  expect(isAddress(text)).toBe(true);
});

test.each(['', '1', '192.0.2', '192.0.2.256', '0x7f.1', 'fe80::1%eth0', 'localhost', '192.0.2.0/24', '2001:db8::g'])(
  '%j is no address',
  (text) => {
    expect(isAddress(text)).toBe(false);
  },
);

test.each(['us-east-1', 'ap-southeast-12', 'us-gov-west-1', 'us-iso-east-1', 'eusc-de-east-1', 'mx-central-1'])(
  '%s has the form of a Region',
  (text) => {
    expect(isRegion(text)).toBe(true);
  },
);

test.each(['', 'us-east', 'US-EAST-1', 'us-east-1a', 'Ireland', 'us_east_1', 'us-east-1 '])(
  '%j is no Region',
  (text) => {
    expect(isRegion(text)).toBe(false);
  },
);

test('a country is two letters', () => {
  expect(['DE', 'us', 'D', 'DEU', 'D1', ''].map(isCountry)).toEqual([true, true, false, false, false, false]);
});
