package shop;

import io.github.cdkheadgate.balancing.Conditions;
import io.github.cdkheadgate.balancing.RouteProps;
import io.github.cdkheadgate.core.ServiceDomain;
import io.github.cdkheadgate.core.ServiceDomainAttributes;
import io.github.cdkheadgate.core.SiteStack;
import io.github.cdkheadgate.fleet.AutoScalingFleet;
import io.github.cdkheadgate.fleet.AutoScalingFleetOptions;
import io.github.cdkheadgate.patterns.RegionalService;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;

public class Smallest {
    public static void main(String[] args) {
        App app = new App();
        SiteStack stack = SiteStack.Builder.create(app, "Shop")
                .env(Environment.builder().region("eu-west-1").build())
                .build();

        RegionalService site = RegionalService.Builder.create(stack, "Shop")
                .domain(ServiceDomain.fromHostedZoneAttributes(ServiceDomainAttributes.builder()
                        .hostedZoneId("Z0123456789EXAMPLE")
                        .zoneName("example.com")
                        .recordName("shop")
                        .build()))
                .build();
        AutoScalingFleet web = site.addFleet("Web", AutoScalingFleetOptions.builder().port(8080).build());
        site.addRoute("All", RouteProps.builder()
                .conditions(List.of(Conditions.pathUnder("/")))
                .forwardTo(List.of(web.weighted(1)))
                .build());
        app.synth();
    }
}
