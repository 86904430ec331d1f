import { App, CfnResource, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, type NagPack, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { acknowledgeFindings } from '../../bin/acknowledgements';
import { buildShop } from '../../bin/shop';

const PACKS = [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];

interface Finding {
  readonly pack: string;
  readonly rule: string;
  readonly path: string;
}

function findings(app: App): Finding[] {
  return PACKS.flatMap((Pack) => {
    const pack: NagPack = new Pack(app);
    return pack.validateScope(app).violations.flatMap(({ ruleName, violatingResources = [] }) =>
      (violatingResources as { constructPath: string }[]).map(({ constructPath }) => ({
        pack: pack.name,
        rule: ruleName,
        path: constructPath,
      })),
    );
  });
}

/** What was acknowledged on a resource itself: its rules and reasons. */
function acknowledged(resource: IConstruct): Map<string, string> {
  const entries = resource.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  return new Map(entries.flatMap(({ data }) => Object.entries(data as Record<string, string>)));
}

function referenceApp(): App {
  const app = new App();
  buildShop(app, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE' });
  return app;
}

const before = findings(referenceApp());
const app = referenceApp();
acknowledgeFindings(app);
const resources = new Map(
  app.node
    .findAll()
    .filter((node) => CfnResource.isCfnResource(node))
    .map((resource) => [resource.node.path, resource]),
);

describe('the reference app, under four rule packs', () => {
  test('has findings that the packs find', () => {
    expect(before.length).toBeGreaterThan(50);
  });

  test('has no finding that is not acknowledged on the very resource that has it', () => {
    const open = before.filter(({ pack, rule, path }) => {
      const ids = acknowledged(resources.get(path)!);
      return !ids.has(`${pack}::${rule}`) && !ids.has(rule);
    });
    expect(open).toEqual([]);
  });

  test('has none either when it is said that balancers are not to be protected', () => {
    const unprotected = new App({ context: { deletionProtection: 'false' } });
    buildShop(unprotected, { domain: 'example.com', hostedZoneId: 'Z0123456789EXAMPLE', deletionProtection: false });
    const found = findings(unprotected).filter(({ rule }) => rule.includes('ELBDeletionProtectionEnabled'));
    expect(found).toHaveLength(4);
    acknowledgeFindings(unprotected);
    const paths = new Map(unprotected.node.findAll().map((node) => [node.node.path, node]));
    expect(found.filter(({ pack, rule, path }) => !acknowledged(paths.get(path)!).has(`${pack}::${rule}`))).toEqual([]);
  });

  test('acknowledges nothing that no pack finds', () => {
    const found = new Set(before.flatMap(({ pack, rule, path }) => [`${path} ${pack}::${rule}`, `${path} ${rule}`]));
    const idle = [...resources].flatMap(([path, resource]) =>
      [...acknowledged(resource).keys()]
        .filter((id) => !id.startsWith('CloudFormation-Validate::') && !found.has(`${path} ${id}`))
        .map((id) => `${path} ${id}`),
    );
    expect(idle).toEqual([]);
  });

  test('gives at most 15 reasons', () => {
    const reasons = new Set([...resources.values()].flatMap((resource) => [...acknowledged(resource).values()]));
    expect(reasons.size).toBeLessThanOrEqual(15);
  });

  test('gives each reason for one complaint of a pack, and one role', () => {
    const complaints = new Map<string, Set<string>>();
    for (const [rule, reason] of [...resources.values()].flatMap((resource) => [...acknowledged(resource)])) {
      const pack = rule.split(/::|-/)[0]!;
      const key = `${pack}: ${reason}`;
      complaints.set(key, (complaints.get(key) ?? new Set()).add(rule));
    }
    expect([...complaints.values()].filter((rules) => rules.size > 1)).toEqual([]);
    const roles = [...complaints.keys()].filter((key) => !key.startsWith('CloudFormation'));
    expect(roles.filter((key) => !/^[\w.]+: [A-Z][a-z ]+: /.test(key))).toEqual([]);
  });
});
