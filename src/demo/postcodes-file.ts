import { listDemoCommunes } from './communes.ts';
import type { DemoCommune } from './communes.ts';
import { LineFile } from './line-file.ts';
import type { PhysicalFormat } from './line-file.ts';

const POSTCODE_HEADER =
  'code_commune_insee;nom_de_la_commune;code_postal;libelle_d_acheminement;ligne_5;_geopoint';

/**
 * La Poste's "base officielle des codes postaux", for all of France: one line for each commune and postcode.
 * "ligne_5" is always empty here.
 */
export async function writePostcodesFile(path: string, format: PhysicalFormat): Promise<number> {
  const file = new LineFile(path, format, ';');
  file.write(POSTCODE_HEADER);
  for (const commune of listDemoCommunes()) {
    for (const postcode of commune.postcodes) {
      file.write(
        `${commune.code};${toPrintedName(commune)};${postcode};${commune.routingName};;${commune.latitude},${commune.longitude}`,
      );
    }
    if (file.isFull) await file.drain();
  }
  await file.close();
  return file.lineCount - 1;
}

/** The number of an arrondissement is in the name ("LYON 08"), not in the routing label. */
function toPrintedName({ name, routingName }: DemoCommune): string {
  const arrondissement = / (\d+)er? Arrondissement$/.exec(name)?.[1];
  return arrondissement ? `${routingName} ${arrondissement.padStart(2, '0')}` : routingName;
}
