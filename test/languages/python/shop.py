from aws_cdk import App, Duration
from aws_cdk import aws_elasticloadbalancingv2 as elbv2
from cdk_headgate import balancing, core, dns, edge, patterns

app = App()
shop = patterns.GlobalService(
    app,
    "Shop",
    domain=core.ServiceDomain.from_hosted_zone_attributes(
        hosted_zone_id="Z0123456789EXAMPLE",
        zone_name="example.com",
        record_name="shop",
    ),
    routing=dns.GlobalRouting.latency(),
    control_region="us-west-2",
    edge=edge.EdgeOptions(
        behaviors=[edge.CacheRule.static_assets("/static/*", default_ttl=Duration.hours(6))],
    ),
)

for region in ["us-east-1", "eu-west-1"]:
    site = shop.add_region(region, availability_zone_count=2)
    blue = site.add_fleet(
        "Blue",
        port=8080,
        min_capacity=3,
        requests_per_target_per_minute=48_000,
        stickiness=balancing.Stickiness.load_balancer_cookie(Duration.hours(1)),
        health_check=elbv2.HealthCheck(
            path="/healthz",
            interval=Duration.seconds(10),
            timeout=Duration.seconds(4),
        ),
    )
    green = site.add_fleet("Green", port=8080, algorithm=balancing.Algorithm.least_outstanding_requests())
    api = site.add_route(
        "Api",
        conditions=[
            balancing.Conditions.path_under("/api"),
            balancing.Conditions.header("x-beta", "on", "yes"),
        ],
        forward_to=[blue.weighted(90), green.weighted(10)],
        group_stickiness=Duration.minutes(30),
    )
    # A route is an L2 rule, and takes another condition.
    api.add_condition(balancing.Conditions.method("GET"))
    site.add_route(
        "Orders",
        conditions=[balancing.Conditions.path_regex("^/orders/[0-9]+$")],
        forward_to=[elbv2.WeightedTargetGroup(target_group=green.target_group, weight=1)],
        priority=35_000,
    )
    site.add_route(
        "Old",
        conditions=[balancing.Conditions.path_under("/old")],
        action=elbv2.ListenerAction.redirect(path="/new", permanent=True),
    )
    site.add_route("All", conditions=[balancing.Conditions.path_under("/")], forward_to=[blue.weighted(1)])
    # The listener is an L2 too, and takes rules of your own.
    elbv2.ApplicationListenerRule(
        site,
        "Teapot",
        listener=site.listener,
        priority=50,
        conditions=[balancing.Conditions.query("brew", "coffee")],
        action=elbv2.ListenerAction.fixed_response(418),
    )
app.synth()
