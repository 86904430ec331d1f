import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { OriginAccess } from '../balancing';
import { injected } from '../core/private/injection';

/** Properties of `OriginSecrets`. */
export interface OriginSecretsProps {
  /** The access whose secrets are made: the newest one and up to two before it. */
  readonly originAccess: OriginAccess;
}

/** Letters and digits alone, so that the value is safe in a header and in a rule. */
const SECRET_LENGTH = 48;

/**
 * The secrets by which an edge proves itself to balancers: numbered, never changed (SM-1), replicated to the Regions that read them by
 * the same name. Three are kept, so that a site can go back to its previous template.
 */
export class OriginSecrets extends Construct {
  /** Uniquely identifies this class to property injectors. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-headgate.edge.OriginSecrets';

  private readonly secrets: secretsmanager.Secret[];
  private readonly replicas = new Set<string>();

  public constructor(scope: Construct, id: string, props: OriginSecretsProps) {
    super(scope, id);
    const { originAccess } = injected(OriginSecrets.PROPERTY_INJECTION_ID, scope, id, props);
    this.secrets = originAccess._keptSecretNames().map(
      (secretName) =>
        new secretsmanager.Secret(this, secretName.slice(secretName.lastIndexOf('/') + 1), {
          secretName,
          description: 'Header by which the edge proves itself to the balancers',
          generateSecretString: { passwordLength: SECRET_LENGTH, excludePunctuation: true, includeSpace: false },
          removalPolicy: RemovalPolicy.DESTROY,
        }),
    );
  }

  /** Makes the secrets readable in a Region, by the same names. */
  public addReplicaRegion(region: string): void {
    if (region === Stack.of(this).region || this.replicas.has(region)) return;
    this.replicas.add(region);
    for (const secret of this.secrets) secret.addReplicaRegion(region);
  }
}
