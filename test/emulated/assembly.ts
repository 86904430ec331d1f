import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, Properties } from './json';

/** A resource as a template says it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Properties;
  readonly DeletionPolicy?: string;
}

/** A stack of a cloud assembly. */
export interface StackTemplate {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly mappings: Readonly<Record<string, Json>>;
  readonly parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: string }>>;
}

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: { readonly templateFile: string; readonly stackName?: string; readonly directoryName: string };
}

/** The stacks of a cloud assembly and of the Stages in it; what an app leaves open is what it is deployed with. */
export function stacksOf(
  folder: string,
  otherwise: { readonly account: string; readonly region: string },
): StackTemplate[] {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, Artifact>;
  };
  return Object.entries(artifacts).flatMap(([id, { type, environment = '', properties }]) => {
    if (type === 'cdk:cloud-assembly') return stacksOf(join(folder, properties!.directoryName), otherwise);
    if (type !== 'aws:cloudformation:stack') return [];
    const [account, region] = environment.replace('aws://', '').split('/');
    const {
      Resources,
      Mappings = {},
      Parameters = {},
    } = JSON.parse(readFileSync(join(folder, properties!.templateFile), 'utf8'));
    return {
      name: properties!.stackName ?? id,
      account: account === 'unknown-account' ? otherwise.account : account!,
      region: region === 'unknown-region' ? otherwise.region : region!,
      resources: Resources,
      mappings: Mappings,
      parameters: Parameters,
    };
  });
}

/** How to reach a stack's account and Region: the emulator takes an access key for the account's id. */
export function credentialsOf({ account, region }: { readonly account: string; readonly region: string }) {
  return { region, credentials: { accessKeyId: account, secretAccessKey: 'none' }, maxAttempts: 1 };
}
