import { isRawMap, type RawMap } from './raw';

/** The transform that adds loops and other functions, which are read here. */
export const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** The names in the template's Transform. */
export function transformsOf(document: RawMap): readonly string[] {
  const transform = document.Transform;
  const all = Array.isArray(transform) ? transform : [transform];
  return all.flatMap((item) => {
    if (typeof item === 'string') return [item];
    return isRawMap(item) && typeof item.Name === 'string' ? [item.Name] : [];
  });
}

/** The macros that would change the template in AWS. They aren't run, so resources may be missing. */
export function macrosOf(document: RawMap): readonly string[] {
  const included = ['Resources', 'Outputs', 'Mappings', 'Conditions', 'Parameters'].flatMap((name) => {
    const section = document[name];
    const transform = isRawMap(section) ? section['Fn::Transform'] : undefined;
    return isRawMap(transform) ? [String(transform.Name ?? 'Fn::Transform')] : [];
  });
  const own = isRawMap(document['Fn::Transform']) ? [String(document['Fn::Transform'].Name ?? 'Fn::Transform')] : [];
  return [...new Set([...transformsOf(document), ...own, ...included])].filter((name) => name !== LANGUAGE_EXTENSIONS);
}

export function hasMacros(document: RawMap): boolean {
  return macrosOf(document).length > 0;
}
