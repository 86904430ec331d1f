/** What a destination can be; as `DestinationType`. */
export const DESTINATION_TYPES = [
  'target-group',
  'origin',
  'address',
  'fixed-response',
  'redirect',
  'blocked',
  'no-answer',
  'error',
] as const;
