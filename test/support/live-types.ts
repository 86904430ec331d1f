/** Types of what is live and would be noticed: clients are connected to it, DNS points at it, or others name it. */
export const LIVE_TYPES = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::CertificateManager::Certificate',
  'AWS::CloudFront::Distribution',
  'AWS::EC2::Subnet',
  'AWS::EC2::VPC',
  'AWS::ElasticLoadBalancingV2::Listener',
  'AWS::ElasticLoadBalancingV2::ListenerRule',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancingV2::TargetGroup',
  'AWS::Route53::HealthCheck',
  'AWS::Route53::RecordSet',
  'AWS::SecretsManager::Secret',
  'AWS::WAFv2::WebACL',
];
