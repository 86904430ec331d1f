package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/balancing"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/core"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/fleet"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/patterns"
)

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	stack := core.NewSiteStack(app, jsii.String("Shop"), &core.ServiceStackProps{
		Env: &awscdk.Environment{Region: jsii.String("eu-west-1")},
	})

	site := patterns.NewRegionalService(stack, jsii.String("Shop"), &patterns.RegionalServiceProps{
		Domain: core.ServiceDomain_FromHostedZoneAttributes(&core.ServiceDomainAttributes{
			HostedZoneId: jsii.String("Z0123456789EXAMPLE"),
			ZoneName:     jsii.String("example.com"),
			RecordName:   jsii.String("shop"),
		}),
	})
	web := site.AddFleet(jsii.String("Web"), &fleet.AutoScalingFleetOptions{Port: jsii.Number(8080)})
	site.AddRoute(jsii.String("All"), &balancing.RouteProps{
		Conditions: &[]elbv2.ListenerCondition{balancing.Conditions_PathUnder(jsii.String("/"))},
		ForwardTo:  &[]*elbv2.WeightedTargetGroup{web.Weighted(jsii.Number(1))},
	})
	app.Synth(nil)
}
