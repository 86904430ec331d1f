/** The types of the resources that the traffic model reads. */
export const LOAD_BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const LISTENER_RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const CLASSIC_LOAD_BALANCER = 'AWS::ElasticLoadBalancing::LoadBalancer';

export const ACCELERATOR = 'AWS::GlobalAccelerator::Accelerator';
export const ACCELERATOR_LISTENER = 'AWS::GlobalAccelerator::Listener';
export const ENDPOINT_GROUP = 'AWS::GlobalAccelerator::EndpointGroup';

export const DISTRIBUTION = 'AWS::CloudFront::Distribution';
export const DISTRIBUTION_TENANT = 'AWS::CloudFront::DistributionTenant';
export const CONNECTION_GROUP = 'AWS::CloudFront::ConnectionGroup';
export const CONTINUOUS_DEPLOYMENT_POLICY = 'AWS::CloudFront::ContinuousDeploymentPolicy';
export const CACHE_POLICY = 'AWS::CloudFront::CachePolicy';
export const ORIGIN_REQUEST_POLICY = 'AWS::CloudFront::OriginRequestPolicy';
export const EDGE_FUNCTION = 'AWS::CloudFront::Function';
export const VPC_ORIGIN = 'AWS::CloudFront::VpcOrigin';

export const HOSTED_ZONE = 'AWS::Route53::HostedZone';
export const RECORD_SET = 'AWS::Route53::RecordSet';
export const RECORD_SET_GROUP = 'AWS::Route53::RecordSetGroup';
export const HEALTH_CHECK = 'AWS::Route53::HealthCheck';
export const CIDR_COLLECTION = 'AWS::Route53::CidrCollection';

export const WEB_ACL = 'AWS::WAFv2::WebACL';
export const WEB_ACL_ASSOCIATION = 'AWS::WAFv2::WebACLAssociation';
export const RULE_GROUP = 'AWS::WAFv2::RuleGroup';
export const IP_SET = 'AWS::WAFv2::IPSet';
export const REGEX_PATTERN_SET = 'AWS::WAFv2::RegexPatternSet';

export const SUBNET = 'AWS::EC2::Subnet';
export const INSTANCE = 'AWS::EC2::Instance';
export const ELASTIC_IP = 'AWS::EC2::EIP';
export const AUTO_SCALING_GROUP = 'AWS::AutoScaling::AutoScalingGroup';
export const SCALING_POLICY = 'AWS::AutoScaling::ScalingPolicy';
export const SCHEDULED_ACTION = 'AWS::AutoScaling::ScheduledAction';
export const SCALING_PLAN = 'AWS::AutoScalingPlans::ScalingPlan';
export const CAPACITY_PROVIDER = 'AWS::ECS::CapacityProvider';
export const ECS_SERVICE = 'AWS::ECS::Service';
export const SCALABLE_TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
