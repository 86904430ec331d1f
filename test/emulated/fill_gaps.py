"""Starts ministack with the resource types that its CloudFormation lacks and its APIs have: what CloudFormation would do for such a resource is
done through those APIs, so that what is read back afterwards is the emulator's own; only for the logging of web ACLs there is no API, and
nothing is kept. What else is filled in is said at its place. Each type has to be missing: a version that has it drops ours."""

import base64
import os

import boto3
from botocore.awsrequest import AWSResponse
from ministack import app
from ministack.core.responses import get_account_id, get_region
from ministack.services import ec2, route53, ssm, waf
from ministack.services.cloudformation import provisioners

SERVICES = {"ec2": ec2, "route53": route53, "wafv2": waf}


class Body:
    """The body of an answer, in the one form that botocore reads."""

    def __init__(self, content):
        self.content = content

    def stream(self):
        yield self.content


def client(service):
    """A client of the emulator's own implementation of a service. Resources are made on its only thread, so that a request over the network would
    wait for itself: it is handed to the service in the process instead, as the account and in the Region of the stack."""
    made = boto3.client(service, region_name=get_region(), aws_access_key_id=get_account_id(), aws_secret_access_key="none")

    def answer(request, **_):
        headers = {name.lower(): value.decode() if isinstance(value, bytes) else value for name, value in request.headers.items()}
        path = request.url.split("/", 3)[3].split("?")[0]
        asked = SERVICES[service].handle_request(request.method, f"/{path}", headers, request.body or b"", {})
        try:
            asked.send(None)
        except StopIteration as answered:
            status, given, content = answered.value
            content = content.encode() if isinstance(content, str) else content
            return AWSResponse(request.url, status, {name.lower(): value for name, value in given.items()}, Body(content))
        raise RuntimeError(f"{service} did not answer at once: {request.method} {request.url}")

    made.meta.events.register("before-send", answer)
    return made


def tags(props, resource_type):
    given = props.get("Tags") or []
    return [{"ResourceType": resource_type, "Tags": given}] if given else []


def eip_create(logical_id, props, stack_name):
    address = client("ec2").allocate_address(Domain=props.get("Domain", "vpc"), TagSpecifications=tags(props, "elastic-ip"))
    return address["PublicIp"], {"AllocationId": address["AllocationId"], "PublicIp": address["PublicIp"]}


def eip_delete(physical_id, props):
    ec2 = client("ec2")
    # The emulator answers with all addresses, whatever it is asked for.
    for address in ec2.describe_addresses()["Addresses"]:
        if address["PublicIp"] == physical_id:
            ec2.release_address(AllocationId=address["AllocationId"])


def nat_create(logical_id, props, stack_name):
    gateway = client("ec2").create_nat_gateway(
        SubnetId=props["SubnetId"],
        AllocationId=props["AllocationId"],
        ConnectivityType=props.get("ConnectivityType", "public"),
        TagSpecifications=tags(props, "natgateway"),
    )["NatGateway"]
    return gateway["NatGatewayId"], {"NatGatewayId": gateway["NatGatewayId"]}


def nat_delete(physical_id, props):
    client("ec2").delete_nat_gateway(NatGatewayId=physical_id)


def flow_log_create(logical_id, props, stack_name):
    names = ("ResourceType", "TrafficType", "LogDestinationType", "LogDestination", "LogGroupName", "DeliverLogsPermissionArn")
    given = {name: props[name] for name in names if name in props}
    created = client("ec2").create_flow_logs(ResourceIds=[props["ResourceId"]], TagSpecifications=tags(props, "vpc-flow-log"), **given)
    return created["FlowLogIds"][0], {"Id": created["FlowLogIds"][0]}


def flow_log_delete(physical_id, props):
    client("ec2").delete_flow_logs(FlowLogIds=[physical_id])


def permission(props, side):
    """A rule of a security group as EC2's API takes it; `side` is the end that the rule names: Source or Destination."""
    said = {"Description": props["Description"]} if "Description" in props else {}
    rule = {"IpProtocol": str(props["IpProtocol"])}
    for port in ("FromPort", "ToPort"):
        if port in props:
            rule[port] = int(props[port])
    if "CidrIp" in props:
        rule["IpRanges"] = [{"CidrIp": props["CidrIp"], **said}]
    if "CidrIpv6" in props:
        rule["Ipv6Ranges"] = [{"CidrIpv6": props["CidrIpv6"], **said}]
    if f"{side}PrefixListId" in props:
        rule["PrefixListIds"] = [{"PrefixListId": props[f"{side}PrefixListId"], **said}]
    if f"{side}SecurityGroupId" in props:
        rule["UserIdGroupPairs"] = [{"GroupId": props[f"{side}SecurityGroupId"], **said}]
    return rule


def group_rule(side, authorize, revoke):
    """How rules of security groups come and go, by the calls of EC2's API for the ones that let in, or those that let out."""

    def create(logical_id, props, stack_name):
        made = getattr(client("ec2"), authorize)(GroupId=props["GroupId"], IpPermissions=[permission(props, side)])
        identity = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return identity, {"Id": identity}

    def delete(physical_id, props):
        getattr(client("ec2"), revoke)(GroupId=props["GroupId"], SecurityGroupRuleIds=[physical_id])

    return {"create": create, "delete": delete}


def typed(value):
    """A template's scalars reach a handler as texts; the SDK wants numbers and booleans."""
    if isinstance(value, dict):
        return {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typed(item) for item in value]
    if value in ("true", "false"):
        return value == "true"
    return int(value) if isinstance(value, str) and value.isdigit() else value


def health_check_create(logical_id, props, stack_name):
    config = typed(props["HealthCheckConfig"])
    made = client("route53").create_health_check(CallerReference=f"{stack_name}-{logical_id}", HealthCheckConfig=config)["HealthCheck"]
    if props.get("HealthCheckTags"):
        client("route53").change_tags_for_resource(ResourceType="healthcheck", ResourceId=made["Id"], AddTags=props["HealthCheckTags"])
    return made["Id"], {"HealthCheckId": made["Id"]}


def health_check_delete(physical_id, props):
    client("route53").delete_health_check(HealthCheckId=physical_id)


def association_create(logical_id, props, stack_name):
    client("wafv2").associate_web_acl(WebACLArn=props["WebACLArn"], ResourceArn=props["ResourceArn"])
    return f"{props['ResourceArn']}|{props['WebACLArn']}", {}


def association_delete(physical_id, props):
    client("wafv2").disassociate_web_acl(ResourceArn=props["ResourceArn"])


def logging_create(logical_id, props, stack_name):
    """Pretended: no API of the emulator keeps where a web ACL logs to, so that nothing is kept, and nothing is asserted."""
    return props["ResourceArn"], {}


def logging_delete(physical_id, props):
    pass


def encoded(value):
    """What a rule searches for: a text in CloudFormation, bytes in the API, which travel as base64. The emulator passes the text on as it is."""
    if isinstance(value, list):
        return [encoded(item) for item in value]
    if not isinstance(value, dict):
        return value
    given = {key: encoded(item) for key, item in value.items()}
    if isinstance(given.get("SearchString"), str):
        given["SearchString"] = base64.b64encode(given["SearchString"].encode()).decode()
    return given


def acl_create(logical_id, props, stack_name):
    return create_acl(logical_id, encoded(props), stack_name)


def acl_update(physical_id, old_props, new_props, *rest, **more):
    return update_acl(physical_id, encoded(old_props), encoded(new_props), *rest, **more)


def refuse_update(kind):
    """Without it the emulator would make the resource a second time and call that an update."""

    def update(physical_id, old_props, new_props, stack_name):
        raise ValueError(f"nothing updates a {kind} here: say in {os.path.basename(__file__)} how that is done")

    return update


GAPS = {
    "AWS::EC2::EIP": {"create": eip_create, "delete": eip_delete},
    "AWS::EC2::FlowLog": {"create": flow_log_create, "delete": flow_log_delete},
    "AWS::EC2::NatGateway": {"create": nat_create, "delete": nat_delete},
    "AWS::EC2::SecurityGroupEgress": group_rule(
        "Destination", "authorize_security_group_egress", "revoke_security_group_egress"
    ),
    "AWS::EC2::SecurityGroupIngress": group_rule("Source", "authorize_security_group_ingress", "revoke_security_group_ingress"),
    "AWS::Route53::HealthCheck": {"create": health_check_create, "delete": health_check_delete},
    "AWS::WAFv2::LoggingConfiguration": {"create": logging_create, "delete": logging_delete},
    "AWS::WAFv2::WebACLAssociation": {"create": association_create, "delete": association_delete},
}

# The image of the servers is an AWS-owned parameter, which the emulator has for other images only.
IMAGES = {"/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64": "ami-0a2023a1b2c3d4e5f"}

for kind, handlers in GAPS.items():
    if kind in provisioners._RESOURCE_HANDLERS:
        raise SystemExit(f"the emulator has {kind} by now: take it out of {os.path.basename(__file__)}")
    provisioners._RESOURCE_HANDLERS[kind] = {**handlers, "update": refuse_update(kind)}
acl = provisioners._RESOURCE_HANDLERS["AWS::WAFv2::WebACL"]
create_acl, update_acl = acl["create"], acl["update"]
acl.update(create=acl_create, update=acl_update)
for name, image in IMAGES.items():
    if name in ssm._PUBLIC_AMI_PARAMETERS:
        raise SystemExit(f"the emulator has {name} by now: take it out of {os.path.basename(__file__)}")
    ssm._PUBLIC_AMI_PARAMETERS[name] = image

app.main()
