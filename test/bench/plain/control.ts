import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { type ShopNames, secretName } from './names';

export interface ControlStackProps extends StackProps {
  readonly names: ShopNames;
  /** Where the balancers are. */
  readonly regions: string[];
}

/** The origin secrets, with a replica wherever a balancer or the edge reads them. */
export class ControlStack extends Stack {
  public constructor(scope: Construct, id: string, props: ControlStackProps) {
    super(scope, id, props);
    const replicaRegions = [...new Set(['us-east-1', ...props.regions])].map((region) => ({ region }));
    for (const number of [1, 2]) {
      new secretsmanager.Secret(this, `OriginSecret${number}`, {
        secretName: secretName(props.names, number),
        description: 'Header by which the edge proves itself to the balancers',
        generateSecretString: { passwordLength: 48, excludePunctuation: true, includeSpace: false },
        removalPolicy: RemovalPolicy.DESTROY,
        replicaRegions,
      });
    }
  }
}
