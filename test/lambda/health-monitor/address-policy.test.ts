import { strictPolicy } from '../../../lambda/health-monitor/address-policy';

test.each([
  '0.0.0.0',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '169.254.170.2',
  '192.0.0.170',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::ffff:a9fe:a9fe',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '2001::1',
  '2002:a9fe:a9fe::1',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fe80::1',
  'fe80::1%eth0',
  'ff02::1',
])('refuses %s, private addresses allowed or not', (address) => {
  expect(strictPolicy(address, false)).toBe('reserved address');
  expect(strictPolicy(address, true)).toBe('reserved address');
});

test.each(['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12:3456::1'])(
  'refuses %s unless private addresses are allowed',
  (address) => {
    expect(strictPolicy(address, false)).toBe('private address');
    expect(strictPolicy(address, true)).toBeUndefined();
  },
);

test.each([
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '169.253.255.255',
  '172.32.0.1',
  '192.167.255.255',
  '223.255.255.255',
  '2600:1f18::1',
  '2001:4860:4860::8888',
])('lets %s pass', (address) => {
  expect(strictPolicy(address, false)).toBeUndefined();
  expect(strictPolicy(address, true)).toBeUndefined();
});
