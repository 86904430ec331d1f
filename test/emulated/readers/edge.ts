import {
  CloudFrontClient,
  GetCachePolicyCommand,
  GetDistributionCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-cloudfront';
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListWebACLsCommand,
  type Scope,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import type { Deployed } from '../deployed';
import { isRecord, type Json, type Properties } from '../json';
import { clientOf, plain, type Reader, record, tags, unlessGone, unwrapped } from './reader';

const cloudfront = clientOf((configuration) => new CloudFrontClient(configuration));
const waf = clientOf((configuration) => new WAFV2Client(configuration));

async function distributionOf(resource: Deployed) {
  const found = await unlessGone(cloudfront(resource).send(new GetDistributionCommand({ Id: resource.physicalId })));
  return found?.Distribution;
}

/** Names that CloudFormation spells otherwise than the API. */
const SPELLED: Readonly<Record<string, string>> = {
  IsIPV6Enabled: 'IPV6Enabled',
  ACMCertificateArn: 'AcmCertificateArn',
  SSLSupportMethod: 'SslSupportMethod',
  CustomHeaders: 'OriginCustomHeaders',
  OriginSslProtocols: 'OriginSSLProtocols',
  WebACLId: 'WebACLId',
};

function respelled(value: Json): Json {
  if (Array.isArray(value)) return value.map(respelled);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [SPELLED[name] ?? name, respelled(item)]));
}

/** Origin groups keep the API's `{ Quantity, Items }` in CloudFormation. */
function wrapped(value: Json): Json {
  if (Array.isArray(value)) return { Quantity: value.length, Items: value.map(group) };
  return value;
}

function group(value: Json): Json {
  const { Members, FailoverCriteria, ...rest } = value as Properties;
  const codes = (FailoverCriteria as Properties).StatusCodes as Json[];
  const members = Members as Json[];
  return {
    ...rest,
    Members: { Quantity: members.length, Items: members },
    FailoverCriteria: { StatusCodes: { Quantity: codes.length, Items: codes } },
  };
}

const distribution: Reader = {
  async read(resource) {
    const it = await distributionOf(resource);
    if (!it) return undefined;
    const config = respelled(unwrapped(plain(it.DistributionConfig))) as Properties;
    const allowed = (behavior: Json): Json => {
      const { AllowedMethods, ...rest } = behavior as Properties;
      // The API nests the cached methods in the allowed ones.
      const { Items, CachedMethods, Quantity, ...more } = isRecord(AllowedMethods ?? null)
        ? (AllowedMethods as Properties)
        : {};
      return {
        ...rest,
        ...more,
        AllowedMethods: Items ?? AllowedMethods ?? null,
        CachedMethods: CachedMethods ?? null,
      };
    };
    const found = await cloudfront(resource).send(new ListTagsForResourceCommand({ Resource: it.ARN }));
    return record({
      DistributionConfig: {
        ...config,
        DefaultCacheBehavior: allowed(config.DefaultCacheBehavior ?? null),
        CacheBehaviors: ((config.CacheBehaviors ?? []) as Json[]).map(allowed),
        OriginGroups: wrapped(config.OriginGroups ?? null),
      },
      Tags: tags(found.Tags?.Items),
    });
  },
  attributes: { DomainName: async (resource) => (await distributionOf(resource))?.DomainName },
};

const cachePolicy: Reader = {
  async read(resource) {
    const found = await unlessGone(cloudfront(resource).send(new GetCachePolicyCommand({ Id: resource.physicalId })));
    return found && record({ CachePolicyConfig: unwrapped(plain(found.CachePolicy?.CachePolicyConfig)) });
  },
};

async function aclOf(resource: Deployed) {
  const [Name, Id, scope] = resource.physicalId.split('|');
  const found = await unlessGone(waf(resource).send(new GetWebACLCommand({ Name, Id, Scope: scope as Scope })));
  return found?.WebACL;
}

const webAcl: Reader = {
  async read(resource) {
    const it = await aclOf(resource);
    return it && record({ ...it, Scope: resource.physicalId.split('|')[2] });
  },
  attributes: { Arn: async (resource) => (await aclOf(resource))?.ARN },
};

const association: Reader = {
  async read(resource) {
    const ResourceArn = String(resource.properties.ResourceArn);
    const found = await unlessGone(waf(resource).send(new GetWebACLForResourceCommand({ ResourceArn })));
    return found?.WebACL && record({ ResourceArn, WebACLArn: found.WebACL.ARN });
  },
};

/** No API of the emulator has where a web ACL logs to, so that every property is on the list of what is pretended. It goes with its ACL. */
const logging: Reader = {
  async read(resource) {
    const Scope: Scope = resource.physicalId.includes(':global/') ? 'CLOUDFRONT' : 'REGIONAL';
    const { WebACLs } = await waf(resource).send(new ListWebACLsCommand({ Scope }));
    return WebACLs?.some(({ ARN }) => ARN === resource.physicalId) ? {} : undefined;
  },
};

export const edge: Readonly<Record<string, Reader>> = {
  'AWS::CloudFront::Distribution': distribution,
  'AWS::CloudFront::CachePolicy': cachePolicy,
  'AWS::WAFv2::WebACL': webAcl,
  'AWS::WAFv2::WebACLAssociation': association,
  'AWS::WAFv2::LoggingConfiguration': logging,
};
