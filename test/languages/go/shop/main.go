package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/balancing"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/core"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/dns"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/edge"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/fleet"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/patterns"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	shop := patterns.NewGlobalService(app, jsii.String("Shop"), &patterns.GlobalServiceProps{
		Domain: core.ServiceDomain_FromHostedZoneAttributes(&core.ServiceDomainAttributes{
			HostedZoneId: jsii.String("Z0123456789EXAMPLE"),
			ZoneName:     jsii.String("example.com"),
			RecordName:   jsii.String("shop"),
		}),
		Routing:       dns.GlobalRouting_Latency(),
		ControlRegion: jsii.String("us-west-2"),
		Edge: &edge.EdgeOptions{
			Behaviors: &[]edge.CacheRule{edge.CacheRule_StaticAssets(jsii.String("/static/*"), &edge.CachedOptions{
				DefaultTtl: awscdk.Duration_Hours(jsii.Number(6)),
			})},
		},
	})
	for _, region := range []string{"us-east-1", "eu-west-1"} {
		addSite(shop, region)
	}
	app.Synth(nil)
}

func addSite(shop patterns.GlobalService, region string) {
	site := shop.AddRegion(jsii.String(region), &patterns.SiteOptions{AvailabilityZoneCount: jsii.Number(2)})
	blue := site.AddFleet(jsii.String("Blue"), &fleet.AutoScalingFleetOptions{
		Port:                       jsii.Number(8080),
		MinCapacity:                jsii.Number(3),
		RequestsPerTargetPerMinute: jsii.Number(48_000),
		Stickiness:                 balancing.Stickiness_LoadBalancerCookie(awscdk.Duration_Hours(jsii.Number(1))),
		HealthCheck: &elbv2.HealthCheck{
			Path:     jsii.String("/healthz"),
			Interval: awscdk.Duration_Seconds(jsii.Number(10)),
			Timeout:  awscdk.Duration_Seconds(jsii.Number(4)),
		},
	})
	green := site.AddFleet(jsii.String("Green"), &fleet.AutoScalingFleetOptions{
		Port:      jsii.Number(8080),
		Algorithm: balancing.Algorithm_LeastOutstandingRequests(),
	})
	api := site.AddRoute(jsii.String("Api"), &balancing.RouteProps{
		Conditions: &[]elbv2.ListenerCondition{
			balancing.Conditions_PathUnder(jsii.String("/api")),
			balancing.Conditions_Header(jsii.String("x-beta"), jsii.String("on"), jsii.String("yes")),
		},
		ForwardTo:       &[]*elbv2.WeightedTargetGroup{blue.Weighted(jsii.Number(90)), green.Weighted(jsii.Number(10))},
		GroupStickiness: awscdk.Duration_Minutes(jsii.Number(30)),
	})
	// A route is an L2 rule, and takes another condition.
	api.AddCondition(balancing.Conditions_Method(jsii.String("GET")))
	site.AddRoute(jsii.String("Orders"), &balancing.RouteProps{
		Conditions: &[]elbv2.ListenerCondition{balancing.Conditions_PathRegex(jsii.String("^/orders/[0-9]+$"))},
		ForwardTo:  &[]*elbv2.WeightedTargetGroup{{TargetGroup: green.TargetGroup(), Weight: jsii.Number(1)}},
		Priority:   jsii.Number(35_000),
	})
	site.AddRoute(jsii.String("Old"), &balancing.RouteProps{
		Conditions: &[]elbv2.ListenerCondition{balancing.Conditions_PathUnder(jsii.String("/old"))},
		Action: elbv2.ListenerAction_Redirect(&elbv2.RedirectOptions{
			Path:      jsii.String("/new"),
			Permanent: jsii.Bool(true),
		}),
	})
	site.AddRoute(jsii.String("All"), &balancing.RouteProps{
		Conditions: &[]elbv2.ListenerCondition{balancing.Conditions_PathUnder(jsii.String("/"))},
		ForwardTo:  &[]*elbv2.WeightedTargetGroup{blue.Weighted(jsii.Number(1))},
	})
	// The listener is an L2 too, and takes rules of your own.
	elbv2.NewApplicationListenerRule(site, jsii.String("Teapot"), &elbv2.ApplicationListenerRuleProps{
		Listener:   site.Listener(),
		Priority:   jsii.Number(50),
		Conditions: &[]elbv2.ListenerCondition{balancing.Conditions_Query(jsii.String("brew"), jsii.String("coffee"))},
		Action:     elbv2.ListenerAction_FixedResponse(jsii.Number(418), nil),
	})
}
