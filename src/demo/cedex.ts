/**
 * CEDEX of large hospitals outside Auvergne-Rhône-Alpes: postcode, routing name, commune. Those of the region come with
 * its establishments.
 */
export const CEDEX_POSTCODES: readonly (readonly [
  postcode: string,
  routingName: string,
  communeCode: string,
])[] = [
  ['25304', 'PONTARLIER CEDEX', '25462'],
  ['54511', 'VANDOEUVRE LES NANCY CEDEX', '54547'],
  ['75651', 'PARIS CEDEX 13', '75113'],
  ['75674', 'PARIS CEDEX 14', '75114'],
  ['13385', 'MARSEILLE CEDEX 05', '13205'],
  ['31059', 'TOULOUSE CEDEX 9', '31555'],
  ['33076', 'BORDEAUX CEDEX', '33063'],
  ['35033', 'RENNES CEDEX 9', '35238'],
  ['44093', 'NANTES CEDEX 1', '44109'],
  ['59037', 'LILLE CEDEX', '59350'],
  ['67091', 'STRASBOURG CEDEX', '67482'],
  ['34295', 'MONTPELLIER CEDEX 5', '34172'],
  ['06003', 'NICE CEDEX 1', '06088'],
  ['76031', 'ROUEN CEDEX', '76540'],
  ['21079', 'DIJON CEDEX', '21231'],
  ['80054', 'AMIENS CEDEX 1', '80021'],
  ['14033', 'CAEN CEDEX 9', '14118'],
  ['37044', 'TOURS CEDEX 9', '37261'],
  ['45067', 'ORLEANS CEDEX 2', '45234'],
  ['49933', 'ANGERS CEDEX 9', '49007'],
  ['51092', 'REIMS CEDEX', '51454'],
  ['87042', 'LIMOGES CEDEX', '87085'],
  ['86021', 'POITIERS CEDEX', '86194'],
  ['29609', 'BREST CEDEX', '29019'],
  ['97261', 'FORT DE FRANCE CEDEX', '97209'],
  ['97306', 'CAYENNE CEDEX', '97302'],
];

/** Codes of communes that have since been merged: code, name and postcode as old lines still carry them. */
export const OLD_COMMUNES: readonly (readonly [
  code: string,
  name: string,
  postcode: string,
  today: string,
])[] = [
  ['74011', 'Annecy-le-Vieux', '74940', '74010'],
  ['74093', 'Cran-Gevrier', '74960', '74010'],
  ['74268', 'Seynod', '74600', '74010'],
  ['74182', 'Meythet', '74960', '74010'],
  ['74217', 'Pringy', '74370', '74010'],
  ['50602', 'Tourlaville', '50110', '50129'],
  ['91182', 'Courcouronnes', '91080', '91228'],
];
