import { HeadgateError } from '../errors';
import { GivenParameters } from './given-parameters';
import { Project } from './project';
import { isRawMap, toRaw } from './raw';
import { refuseManyResources } from './resource-limit';
import type { Templates } from './stack';

/** A template as an object, with the name and Region of its stack. */
export interface TemplateObject {
  readonly name: string;
  readonly region?: string;
  readonly account?: string;
  readonly template: object;
}

/** What is known beyond the templates. */
export interface ReadOptions {
  /** Parameters by name, or by `STACK/Name` for one stack. `AWS::Region` and the like may be given too. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Reads templates that are in memory already. Nested stacks stay symbolic. */
export function fromObjects(objects: readonly TemplateObject[], options: ReadOptions = {}): Templates {
  const sources = objects.map(({ name, region, account, template }) => {
    refuseManyResources(template, name);
    const document = toRaw(template, name);
    if (!isRawMap(document)) throw new HeadgateError('HM1002', `${name}: isn't a template: it must be a mapping.`);
    return { name, region, account, file: name, document };
  });
  return Project.read(sources, new GivenParameters(options.parameters), () => undefined);
}
