import { isRawMap, type RawMap } from './raw';

/** Files of an assembly by the name that they get in the bucket, such as `4e1c….json`. */
export type Assets = Map<string, string>;

/** Adds what a manifest of assets says: this is how the template of a nested stack is found, whose URL ends with its name. */
export function addAssets(manifest: RawMap, assets: Assets): void {
  if (!isRawMap(manifest.files)) return;
  for (const file of Object.values(manifest.files)) {
    if (!isRawMap(file) || !isRawMap(file.source) || !isRawMap(file.destinations)) continue;
    const { path, packaging } = file.source;
    if (typeof path !== 'string' || packaging !== 'file') continue;
    for (const destination of Object.values(file.destinations)) {
      const key = isRawMap(destination) ? destination.objectKey : undefined;
      if (typeof key === 'string') assets.set(lastName(key), path);
    }
  }
}

/** What stands behind the last slash of a URL. */
export function lastName(url: string): string {
  return url.slice(url.lastIndexOf('/') + 1);
}
