from aws_cdk import App, Environment
from cdk_headgate import balancing, core, patterns

app = App()
stack = core.SiteStack(app, "Shop", env=Environment(region="eu-west-1"))

site = patterns.RegionalService(
    stack,
    "Shop",
    domain=core.ServiceDomain.from_hosted_zone_attributes(
        hosted_zone_id="Z0123456789EXAMPLE",
        zone_name="example.com",
        record_name="shop",
    ),
)
web = site.add_fleet("Web", port=8080)
site.add_route(
    "All",
    conditions=[balancing.Conditions.path_under("/")],
    forward_to=[web.weighted(1)],
)
app.synth()
