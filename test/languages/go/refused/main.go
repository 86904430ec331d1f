// A weight that no balancer takes: what an app's author sees is what the library says.
package main

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/balancing"
	"github.com/cdk-headgate/cdk-headgate-go/cdkheadgate/core"
)

func main() {
	defer jsii.Close()
	defer func() { fmt.Println(recover()) }()
	stack := core.NewSiteStack(awscdk.NewApp(nil), jsii.String("Shop"), nil)
	group := balancing.NewTargetGroup(stack, jsii.String("Web"), &balancing.TargetGroupProps{
		Vpc:  awsec2.NewVpc(stack, jsii.String("Vpc"), nil),
		Port: jsii.Number(8080),
	})
	group.Weighted(jsii.Number(1000))
}
