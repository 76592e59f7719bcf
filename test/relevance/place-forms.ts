/** Communes by INSEE code, as people write them besides their official name. */
export const COMMUNE_ALIASES: Readonly<Record<string, readonly string[]>> = {
  '43157': ['le puy', 'puy en velay', 'LE PUY EN VELAY', 'le puy en v'],
  '63113': ['clermont fd', 'clermont ferrand', 'clermont-fd', 'clermont', 'CLERMONT FD'],
  '42218': ['st etienne', 'saint etienne', 'st-etienne', 'ST ETIENNE', 'saint-étienne (42)'],
  '01053': ['bourg en bresse', 'bourg-en-bresse', 'bourg en b'],
  '74281': ['thonon', 'thonon les bains'],
  '38053': ['bourgoin', 'bourgoin jallieu'],
  '26281': ['romans', 'romans sur isere'],
  '73008': ['aix les bains', 'aix-les-bains'],
  '42207': ['st chamond', 'saint chamond'],
  '38421': ["st martin d'heres", 'st martin d heres'],
  '69290': ['st priest'],
  '69256': ['vaulx en velin'],
  '15187': ['st flour', 'saint-flour'],
  '73248': ['st jean de maurienne'],
  '69264': ['villefranche', 'villefranche sur saone', 'villefranche s/saone'],
  '69266': ['villeurbanne', 'VILLEURBANNE'],
  '26198': ['montelimar', 'montélimar'],
  '38544': ['vienne 38', 'vienne (isère)', 'vienne, isère'],
  '74010': ['annecy', 'ANNECY'],
  '03185': ['montlucon', 'montluçon'],
  '69029': ['bron', '69500 bron'],
  '71076': ['chalon', 'chalon sur saone', 'chalon s/saone'],
  '21231': ['dijon', '21000 dijon'],
  '31555': ['toulouse', '31000 toulouse'],
};

/** Former communes that are part of another one today. */
export const FORMER_COMMUNES: Readonly<Record<string, readonly string[]>> = {
  '74010': ['74011', 'annecy le vieux', '74268', 'seynod', '74093', 'cran gevrier', '74182', 'meythet'],
};

export const ARRONDISSEMENTS: Readonly<Record<string, readonly string[]>> = {
  '69383': ['lyon 3e', 'lyon 3', '69003', 'lyon 03', 'lyon 3ème', '69383'],
  '69388': ['lyon 8', 'lyon 8e arrondissement', '69008', 'Lyon 8ème'],
  '69387': ['lyon 7', 'lyon 7eme', '69007 lyon'],
  '69385': ['lyon 5e', '69005'],
  '69123': ['lyon', 'LYON'],
  '13205': ['marseille 5', '13005', 'marseille 5e'],
  '13055': ['marseille', 'Marseille'],
};

export const DEPARTEMENTS: Readonly<Record<string, readonly string[]>> = {
  '01': ['01', 'ain', '1'],
  '03': ['allier', '03'],
  '07': ['ardèche', 'ardeche', '07'],
  '15': ['cantal', '15'],
  '26': ['drome', 'Drôme', '26'],
  '38': ['isere', 'Isère', '38'],
  '42': ['loire', '42'],
  '43': ['haute loire', 'Haute-Loire', '43'],
  '63': ['puy de dome', 'Puy-de-Dôme', '63'],
  '69': ['rhone', 'Rhône', '69'],
  '73': ['savoie', '73'],
  '74': ['haute savoie', 'haute-savoie', '74'],
  '06': ['alpes maritimes', '06'],
  '33': ['gironde', '33'],
};

export const REGIONS: Readonly<Record<string, readonly string[]>> = {
  '84': ['auvergne rhone alpes', 'Auvergne-Rhône-Alpes', 'ARA', 'aura'],
  '27': ['bourgogne franche comté', 'bourgogne franche-comte'],
  '76': ['occitanie', 'OCCITANIE'],
  '75': ['nouvelle aquitaine'],
  '93': ['paca', "provence alpes côte d'azur"],
  '24': ['centre val de loire'],
};

/** By SIREN. */
export const EPCI_FORMS: Readonly<Record<string, readonly string[]>> = {
  '200040715': ['grenoble alpes metropole', 'grenoble-alpes-métropole'],
  '200046977': ['metropole de lyon', 'métropole de lyon', 'grand lyon'],
  '246300701': ['clermont auvergne metropole'],
  '244200770': ['saint etienne metropole', 'st etienne metropole'],
  '200073419': ['CA du Puy-en-Velay', "communauté d'agglomération du puy en velay"],
  '200066793': ['grand annecy', 'CA du grand annecy'],
  '200069110': ['grand chambery'],
  '200068781': ['valence romans agglo'],
};
