import { isRegionName } from '../../lib/template/places';
import { KNOWN_REGIONS } from '../../lib/traffic/regions';

test.each([...KNOWN_REGIONS, 'us-iso-east-1', 'us-isof-south-1', 'eusc-de-east-1', 'ap-southeast-12'])(
  '%s can be a Region',
  (name) => {
    expect(isRegionName(name)).toBe(true);
  },
);

test.each(['', 'Ireland', 'eu-wset-1', 'eu-west', 'eu-west-1a', 'EU-WEST-1', 'eu-west-1 '])(
  '%j is no Region',
  (name) => {
    expect(isRegionName(name)).toBe(false);
  },
);
