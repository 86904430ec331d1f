/** What a web ACL stands in front of. Changing it replaces the web ACL. */
export enum WebAclScope {
  /** CloudFront distributions. The web ACL must be in us-east-1. */
  CLOUDFRONT = 'CLOUDFRONT',

  /** Load balancers of the web ACL's own Region. */
  REGIONAL = 'REGIONAL',
}
