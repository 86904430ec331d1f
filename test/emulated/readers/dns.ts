// How zones, records, health checks and certificates are read.
import { ACMClient, DescribeCertificateCommand, ListTagsForCertificateCommand } from '@aws-sdk/client-acm';
import {
  GetHealthCheckCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { clientOf, type Reader, record, tags, unlessGone } from './reader';

const client = clientOf((configuration) => new Route53Client(configuration));
const acm = clientOf((configuration) => new ACMClient(configuration));

const recordSet: Reader = {
  async read(resource) {
    const { HostedZoneId, Name, Type, SetIdentifier } = resource.properties as Record<string, string>;
    const found = await unlessGone(client(resource).send(new ListResourceRecordSetsCommand({ HostedZoneId })));
    const it = found?.ResourceRecordSets?.find(
      (candidate) => candidate.Name === Name && candidate.Type === Type && candidate.SetIdentifier === SetIdentifier,
    );
    if (!it) return undefined;
    const { AliasTarget, ...rest } = it;
    // Route 53 gives names with the dot at their end; a template may say them without it.
    const alias = AliasTarget && { ...AliasTarget, DNSName: AliasTarget.DNSName?.replace(/\.$/, '') };
    return record({ HostedZoneId, ...rest, AliasTarget: alias });
  },
};

const healthCheck: Reader = {
  async read(resource) {
    const found = await unlessGone(
      client(resource).send(new GetHealthCheckCommand({ HealthCheckId: resource.physicalId })),
    );
    if (!found) return undefined;
    const { ResourceTagSet } = await client(resource).send(
      new ListTagsForResourceCommand({ ResourceType: 'healthcheck', ResourceId: resource.physicalId }),
    );
    return record({
      HealthCheckConfig: found.HealthCheck?.HealthCheckConfig,
      HealthCheckTags: tags(ResourceTagSet?.Tags),
    });
  },
};

const certificate: Reader = {
  async read(resource) {
    const CertificateArn = resource.physicalId;
    const found = await unlessGone(acm(resource).send(new DescribeCertificateCommand({ CertificateArn })));
    const it = found?.Certificate;
    if (!it) return undefined;
    const { Tags } = await acm(resource).send(new ListTagsForCertificateCommand({ CertificateArn }));
    return record({
      ...it,
      // The first name stands among the others in the API, and not in CloudFormation.
      SubjectAlternativeNames: it.SubjectAlternativeNames?.filter((name) => name !== it.DomainName),
      ValidationMethod: it.DomainValidationOptions?.[0]?.ValidationMethod,
      Tags: tags(Tags),
    });
  },
  unreadable: {
    // The API has an entry for each name, CloudFormation one for each that needs a record of its own.
    'DomainValidationOptions/length': 'how many records are written',
    'DomainValidationOptions/*/HostedZoneId': 'where CloudFormation writes the record that proves the name',
  },
};

const zone: Reader = {
  async read(resource) {
    const it = await unlessGone(client(resource).send(new GetHostedZoneCommand({ Id: resource.physicalId })));
    return it && record({ Name: it.HostedZone?.Name, HostedZoneConfig: it.HostedZone?.Config });
  },
};

export const dns: Readonly<Record<string, Reader>> = {
  'AWS::Route53::HostedZone': zone,
  'AWS::Route53::RecordSet': recordSet,
  'AWS::Route53::HealthCheck': healthCheck,
  'AWS::CertificateManager::Certificate': certificate,
};
