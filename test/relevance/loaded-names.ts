import { foldCompact } from '#domain/fold.ts';

/** Surnames of the corpus that are first of all what somebody does. */
export const PROFESSION_SURNAMES: readonly string[] = [
  'INFIRMIER', 'MEDECIN', 'PHARMACIEN', 'CHIRURGIEN', 'DOCTEUR', 'DENTISTE', 'HOPITAL',
]; // prettier-ignore

/** … or a well-known place. */
export const PLACE_SURNAMES: readonly string[] = [
  'LYON', 'PARIS', 'MARSEILLE', 'NANCY', 'TOULOUSE', 'LIMOGES', 'BORDEAUX', 'VALENCE', 'VIENNE', 'ANNECY', 'CHAMBERY', 'GRENOBLE', 'AURILLAC',
  'MOULINS', 'ROANNE', 'RIOM', 'ORANGE', 'NANTES', 'RENNES', 'TOURS', 'FRANCE', 'BOURGOGNE', 'CLERMONT', 'AMIENS', 'ROUEN',
]; // prettier-ignore

const loaded = new Set([...PROFESSION_SURNAMES, ...PLACE_SURNAMES].map(foldCompact));

/** Whether a surname alone, or beside a place or a profession, would be read as something else: such ones have a class of their own. */
export function isLoadedName(familyName: string): boolean {
  return loaded.has(foldCompact(familyName));
}
