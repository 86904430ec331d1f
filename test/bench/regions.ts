/** Where the shop serves when it is measured: Regions that have three zones for everybody, so that all are alike. */
export const REGIONS = [
  'us-east-1',
  'eu-west-1',
  'us-east-2',
  'eu-central-1',
  'ap-northeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'sa-east-1',
  'eu-west-2',
  'ap-south-1',
  'ap-southeast-1',
  'eu-west-3',
  'ap-northeast-2',
  'eu-north-1',
  'ap-northeast-3',
  'ap-east-1',
];
