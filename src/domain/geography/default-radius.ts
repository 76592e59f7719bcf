/**
 * How far one usually looks for care around a commune, in kilometres, by département.
 * @see "Rayons des zones de recherche" of the Service d'accès aux soins, 2025 (open data): radius of a search around a town,
 * from the density of general practitioners
 */
const RADII: Readonly<Record<number, string>> = {
  5: '69 75 92 93 94 95',
  10: '06 13 14 29 30 31 33 34 35 38 42 44 54 57 59 62 66 67 68 74 76 77 78 83 84 90 91 971 972 974',
  20: '01 17 21 22 25 26 27 37 45 49 50 51 56 60 63 64 72 73 80 81 82 85 86 87',
  30: '02 03 07 08 11 16 2A 28 39 40 41 43 47 53 65 71 79 88',
  40: '05 09 10 18 19 2B 24 32 46 61 70 89',
  50: '04 12 15 23 36 48 52 55 58',
};
/** Where the source gives none: Guyane, Mayotte and the collectivities. */
const UNKNOWN_RADIUS_KM = 30;

const byDepartement = new Map(
  Object.entries(RADII).flatMap(([radius, codes]) => codes.split(' ').map((code) => [code, Number(radius)])),
);

/** In kilometres. */
export function defaultRadiusKm(departementCode: string | null | undefined): number {
  return byDepartement.get(departementCode ?? '') ?? UNKNOWN_RADIUS_KM;
}
