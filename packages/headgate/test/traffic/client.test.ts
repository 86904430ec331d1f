import { countryFor, isAddress, isCountry } from '../../lib/traffic/client';

test.each(['192.0.2.1', '2001:db8::1', '::1', '::ffff:192.0.2.1'])('%s is an address', (text) => {
  expect(isAddress(text)).toBe(true);
});

test.each([
  '',
  '1',
  '192.0.2',
  '192.0.2.256',
  '0x7f.1',
  'fe80::1%eth0',
  'localhost',
  '192.0.2.0/24',
  '2001:db8::g',
  ' 192.0.2.1',
  '01.2.3.4',
])('%j is no address', (text) => {
  expect(isAddress(text)).toBe(false);
});

test('a country is one of ISO 3166, in any case', () => {
  expect(['DE', 'us', 'XK'].map(isCountry)).toEqual([true, true, true]);
  expect(['UK', 'XX', 'ZZ', 'EU', 'D', 'DEU', 'D1', ''].some(isCountry)).toBe(false);
});

test('what is written for a country by mistake is told from what is none', () => {
  expect(countryFor('UK')).toBe('the two letters of a country in ISO 3166: GB for United Kingdom');
  expect(countryFor('el')).toBe('the two letters of a country in ISO 3166: GR for Greece');
  expect(countryFor('ZZ')).toBe('the two letters of a country in ISO 3166, such as DE');
});
