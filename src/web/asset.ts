import assets from './assets.json' with { type: 'json' };

export type AssetName = keyof typeof assets;

const TYPES: Record<string, string> = {
  js: 'text/javascript',
  css: 'text/css',
  ts: 'text/plain',
  svg: 'image/svg+xml',
};

/** Address that changes with the content, so that browsers keep it for good. */
export function assetPath(name: AssetName): string {
  const dot = name.lastIndexOf('.');
  return `/assets/${name.slice(0, dot)}.${assets[name].hash}${name.slice(dot)}`;
}

const byFile = new Map(
  (Object.keys(assets) as AssetName[]).map((name) => [assetPath(name).slice('/assets/'.length), name]),
);

/** What is at `/assets/<file>`; undefined when it is none of ours, or no longer so. */
export function findAsset(file: string): { text: string; contentType: string } | undefined {
  const name = byFile.get(file);
  return name === undefined ? undefined : readAsset(name);
}

export function readAsset(name: AssetName): { text: string; contentType: string } {
  const type = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'text/plain';
  return { text: assets[name].text, contentType: `${type}; charset=utf-8` };
}
