import { isRegion } from '../../lib/cases';

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
