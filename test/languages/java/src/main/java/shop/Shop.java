package shop;

import io.github.cdkheadgate.balancing.Algorithm;
import io.github.cdkheadgate.balancing.Conditions;
import io.github.cdkheadgate.balancing.RouteProps;
import io.github.cdkheadgate.balancing.Stickiness;
import io.github.cdkheadgate.core.ServiceDomain;
import io.github.cdkheadgate.core.ServiceDomainAttributes;
import io.github.cdkheadgate.dns.GlobalRouting;
import io.github.cdkheadgate.edge.CacheRule;
import io.github.cdkheadgate.edge.CachedOptions;
import io.github.cdkheadgate.edge.EdgeOptions;
import io.github.cdkheadgate.fleet.AutoScalingFleet;
import io.github.cdkheadgate.fleet.AutoScalingFleetOptions;
import io.github.cdkheadgate.patterns.GlobalService;
import io.github.cdkheadgate.patterns.RegionalService;
import io.github.cdkheadgate.patterns.SiteOptions;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.elasticloadbalancingv2.ApplicationListenerRule;
import software.amazon.awscdk.services.elasticloadbalancingv2.HealthCheck;
import software.amazon.awscdk.services.elasticloadbalancingv2.ListenerAction;
import software.amazon.awscdk.services.elasticloadbalancingv2.RedirectOptions;
import software.amazon.awscdk.services.elasticloadbalancingv2.WeightedTargetGroup;

public class Shop {
    public static void main(String[] args) {
        App app = new App();
        GlobalService shop = GlobalService.Builder.create(app, "Shop")
                .domain(ServiceDomain.fromHostedZoneAttributes(ServiceDomainAttributes.builder()
                        .hostedZoneId("Z0123456789EXAMPLE")
                        .zoneName("example.com")
                        .recordName("shop")
                        .build()))
                .routing(GlobalRouting.latency())
                .controlRegion("us-west-2")
                .edge(EdgeOptions.builder()
                        .behaviors(List.of(CacheRule.staticAssets("/static/*",
                                CachedOptions.builder().defaultTtl(Duration.hours(6)).build())))
                        .build())
                .build();
        for (String region : List.of("us-east-1", "eu-west-1")) {
            addSite(shop, region);
        }
        app.synth();
    }

    private static void addSite(GlobalService shop, String region) {
        RegionalService site = shop.addRegion(region, SiteOptions.builder().availabilityZoneCount(2).build());
        AutoScalingFleet blue = site.addFleet("Blue", AutoScalingFleetOptions.builder()
                .port(8080)
                .minCapacity(3)
                .requestsPerTargetPerMinute(48_000)
                .stickiness(Stickiness.loadBalancerCookie(Duration.hours(1)))
                .healthCheck(HealthCheck.builder()
                        .path("/healthz")
                        .interval(Duration.seconds(10))
                        .timeout(Duration.seconds(4))
                        .build())
                .build());
        AutoScalingFleet green = site.addFleet("Green", AutoScalingFleetOptions.builder()
                .port(8080)
                .algorithm(Algorithm.leastOutstandingRequests())
                .build());
        ApplicationListenerRule api = site.addRoute("Api", RouteProps.builder()
                .conditions(List.of(Conditions.pathUnder("/api"), Conditions.header("x-beta", "on", "yes")))
                .forwardTo(List.of(blue.weighted(90), green.weighted(10)))
                .groupStickiness(Duration.minutes(30))
                .build());
        // A route is an L2 rule, and takes another condition.
        api.addCondition(Conditions.method("GET"));
        site.addRoute("Orders", RouteProps.builder()
                .conditions(List.of(Conditions.pathRegex("^/orders/[0-9]+$")))
                .forwardTo(List.of(WeightedTargetGroup.builder()
                        .targetGroup(green.getTargetGroup())
                        .weight(1)
                        .build()))
                .priority(35_000)
                .build());
        site.addRoute("Old", RouteProps.builder()
                .conditions(List.of(Conditions.pathUnder("/old")))
                .action(ListenerAction.redirect(RedirectOptions.builder().path("/new").permanent(true).build()))
                .build());
        site.addRoute("All", RouteProps.builder()
                .conditions(List.of(Conditions.pathUnder("/")))
                .forwardTo(List.of(blue.weighted(1)))
                .build());
        // The listener is an L2 too, and takes rules of your own.
        ApplicationListenerRule.Builder.create(site, "Teapot")
                .listener(site.getListener())
                .priority(50)
                .conditions(List.of(Conditions.query("brew", "coffee")))
                .action(ListenerAction.fixedResponse(418))
                .build();
    }
}
