/**
 * Street types by code; of the labels that join two words ("Chemin, cheminement") the first.
 * @see NOS TRE_R35-TypeVoie (2023-12-15)
 */
const STREET_TYPES: Readonly<Record<string, string>> = Object.fromEntries(
  `ABE Abbaye|ACH Ancien chemin|AERD Aérodrome|AERG Aérogare|AERP Aéroport|AGL Agglomération|AIRE Aire|ALL Allée
ANGL Angle|ANSE Anse|ARC Arcade|ART Ancienne route|AUT Autoroute|AV Avenue|BAST Bastion|BCH Bas chemin|BCLE Boucle
BD Boulevard|BEGI Béguinage|BER Berge|BOIS Bois|BRE Barrière|BRG Bourg|BSTD Bastide|BUT Butte|CALE Cale|CAMP Camp
CAR Carrefour|CARE Carrière|CARR Carré|CAU Carreau|CAV Cavée|CCAL Centre commercial|CGNE Campagne|CHE Chemin
CHEM Chemin|CHEZ Chez|CHI Charmille|CHL Chalet|CHP Chapelle|CHS Chaussée|CHT Château|CHV Chemin vicinal|CITE Cité
CLOI Cloître|CLOS Clos|COL Col|COLI Colline|COR Corniche|COTE Cote|COTT Cottage|COUR Cour|CPG Camping|CRS Cours
CST Castel|CTR Contour|CTRE Centre|DARS Darse|DEG Degré|DIG Digue|DOM Domaine|DSC Descente|ECL Ecluse|EGL Eglise
EN Enceinte|ENC Enclos|ENV Enclave|ESC Escalier|ESP Esplanade|ESPA Espace|ETNG Etang|FG Faubourg|FON Fontaine
FORM Forum|FORT Fort|FOS Fosse|FOYR Foyer|FRM Ferme|GAL Galerie|GARE Gare|GARN Garenne|GBD Grand boulevard
GDEN Grand ensemble|GPE Groupe|GPT Groupement|GR Grand rue|GRI Grille|GRIM Grimpette|HAM Hameau|HCH Haut chemin
HIP Hippodrome|HLE Halle|HLM HLM|ILE Ile|IMM Immeuble|IMP Impasse|JARD Jardin|JTE Jetée|LD Lieu dit|LEVE Levée
LOT Lotissement|MAIL Mail|MAN Manoir|MAR Marche|MAS Mas|MET Métro|MF Maison forestière|MLN Moulin|MTE Montée
MUS Musée|NTE Nouvelle route|PAE Petite avenue|PAL Palais|PARC Parc|PAS Passage|PASS Passe|PAT Patio|PAV Pavillon
PCH Petit chemin|PCHE Porche|PERI Périphérique|PIM Petite impasse|PKG Parking|PL Place|PLAG Plage|PLAN Plan
PLCI Placis|PLE Passerelle|PLN Plaine|PLT Plateau|PN Passage à niveau|PNT Pointe|PONT Pont|PORQ Portique|PORT Port
POT Poterne|POUR Pourtour|PRE Pré|PROM Promenade|PRQ Presqu'ile|PRT Petite route|PRV Parvis|PSTY Péristyle
PTA Petite allée|PTE Porte|QU Quai|QUA Quartier|R Rue|RAC Raccourci|RAID Raidillon|REM Rempart|RES Résidence
RLE Ruelle|ROC Rocade|ROQT Roquet|RPE Rampe|RPT Rond point|RTD Rotonde|RTE Route|SEN Sentier|SQ Square|STA Station
STDE Stade|TOUR Tour|TPL Terre plein|TRA Traverse|TRN Terrain|TRT Tertre|TSSE Terrasse|VAL Vallée|VCHE Vieux chemin
VEN Venelle|VGE Village|VIA Via|VLA Villa|VLGE Village|VOI Voie|VTE Vieille route|ZA Zone d'activité
ZAC Zone d'aménagement concerté|ZAD Zone d'aménagement différé|ZI Zone industrielle|ZONE Zone
ZUP Zone à urbaniser en priorité`
    .split(/[|\n]/)
    .map((entry) => {
      const space = entry.indexOf(' ');
      return [entry.slice(0, space), entry.slice(space + 1)];
    }),
);

/** Abbreviations that cannot be the first word of a street's own name ("EN", "VAL", "PORT" and "PAS" can). */
const ABBREVIATIONS_IN_NAMES: ReadonlySet<string> = new Set(
  'ALL AV BD CHE CHEM CRS FG IMP LOT PL QU R RES RLE RPT RTE SEN SQ'.split(' '),
);

/** A street type, whatever is given: its label wins, else the code is written out; an unknown code stays as it is. */
export function toStreetTypeLabel(code: string | null, label: string | null): string | null {
  const known = STREET_TYPES[(label ?? code ?? '').toUpperCase()];
  return known ?? label ?? code;
}

/**
 * Number, repetition index, type and name on one line, parts as published. The type may stand within the name, in full or
 * abbreviated ("R DENIS PAPIN"): it is then written once, in full.
 * @param type a label, see {@link toStreetTypeLabel}
 * @returns null when all parts are
 */
export function composeStreet(
  number: string | null,
  repetition: string | null,
  type: string | null,
  name: string | null,
): string | null {
  const parts = [number !== null && /^0+$/.test(number) ? null : number, repetition, toTypedName(type, name)];
  return parts.filter((part) => part !== null).join(' ') || null;
}

function toTypedName(type: string | null, name: string | null): string | null {
  if (name === null) return type;
  const space = name.indexOf(' ');
  const firstWord = (space === -1 ? name : name.slice(0, space)).replace(/\.$/, '').toUpperCase();
  const rest = space === -1 ? '' : name.slice(space);
  const expanded = ABBREVIATIONS_IN_NAMES.has(firstWord) && rest !== '' ? STREET_TYPES[firstWord] : undefined;
  if (type === null) return expanded === undefined ? name : expanded + rest;
  if (expanded?.toUpperCase() === type.toUpperCase()) return type + rest;
  return name.toUpperCase().startsWith(`${type.toUpperCase()} `) ? name : `${type} ${name}`;
}
