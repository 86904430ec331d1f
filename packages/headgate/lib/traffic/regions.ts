/** A place on Earth, in degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Where Regions are, to about a degree: the city or state that AWS names each after. */
const PLACES: Readonly<Record<string, readonly [latitude: number, longitude: number]>> = {
  'af-south-1': [-33.9, 18.4],
  'ap-east-1': [22.3, 114.2],
  'ap-east-2': [25.0, 121.5],
  'ap-northeast-1': [35.7, 139.7],
  'ap-northeast-2': [37.6, 127.0],
  'ap-northeast-3': [34.7, 135.5],
  'ap-south-1': [19.1, 72.9],
  'ap-south-2': [17.4, 78.5],
  'ap-southeast-1': [1.3, 103.8],
  'ap-southeast-2': [-33.9, 151.2],
  'ap-southeast-3': [-6.2, 106.8],
  'ap-southeast-4': [-37.8, 145.0],
  'ap-southeast-5': [3.1, 101.7],
  'ap-southeast-6': [-36.8, 174.8],
  'ap-southeast-7': [13.8, 100.5],
  'ca-central-1': [45.5, -73.6],
  'ca-west-1': [51.0, -114.1],
  'cn-north-1': [39.9, 116.4],
  'cn-northwest-1': [37.5, 105.2],
  'eu-central-1': [50.1, 8.7],
  'eu-central-2': [47.4, 8.5],
  'eu-north-1': [59.3, 18.1],
  'eu-south-1': [45.5, 9.2],
  'eu-south-2': [41.6, -0.9],
  'eu-west-1': [53.3, -6.3],
  'eu-west-2': [51.5, -0.1],
  'eu-west-3': [48.9, 2.4],
  'il-central-1': [32.1, 34.8],
  'me-central-1': [24.5, 54.4],
  'me-south-1': [26.2, 50.6],
  'mx-central-1': [20.6, -100.4],
  'sa-east-1': [-23.5, -46.6],
  'us-east-1': [38.9, -77.4],
  'us-east-2': [40.0, -83.0],
  'us-gov-east-1': [40.0, -83.0],
  'us-gov-west-1': [45.8, -119.7],
  'us-west-1': [37.4, -121.9],
  'us-west-2': [45.8, -119.7],
};

/** The Regions whose place is known. */
export const KNOWN_REGIONS: ReadonlySet<string> = new Set(Object.keys(PLACES));

/** Where a Region is; undefined if it isn't known. */
export function placeOfRegion(region: string): Place | undefined {
  const place = Object.hasOwn(PLACES, region) ? PLACES[region] : undefined;
  return place && { latitude: place[0], longitude: place[1] };
}

const EARTH_RADIUS_KM = 6371;

/** The distance along the surface, in kilometres. */
export function distance(one: Place, other: Place): number {
  const radians = Math.PI / 180;
  const latitudes = (other.latitude - one.latitude) * radians;
  const longitudes = (other.longitude - one.longitude) * radians;
  const haversine =
    Math.sin(latitudes / 2) ** 2 +
    Math.cos(one.latitude * radians) * Math.cos(other.latitude * radians) * Math.sin(longitudes / 2) ** 2;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(haversine)));
}

/** How far two Regions are from each other in kilometres: 0 for the same one, Infinity if the place of one isn't known. */
export function regionDistance(one: string, other: string): number {
  if (one === other) return 0;
  const [from, to] = [placeOfRegion(one), placeOfRegion(other)];
  return from && to ? distance(from, to) : Number.POSITIVE_INFINITY;
}
