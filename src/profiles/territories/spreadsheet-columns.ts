import type { WayOfPractising } from '#domain/practising.ts';

/** Tells who a line is about, and what is known of them; never changes anything. */
type WhoColumn =
  | 'rpps'
  | 'familyName'
  | 'givenNames'
  | 'profession'
  | 'communeCode'
  | 'commune'
  | 'mailbox'
  | 'page'
  | 'changedOn';

type PageColumn =
  | WayOfPractising
  | 'homeVisitCommunes'
  | 'homeVisitRadius'
  | 'acts'
  | 'ownWords'
  | 'equipment'
  | 'languages'
  | 'accessibility'
  | 'hours'
  | 'awayStart'
  | 'awayEnd'
  | 'awayMessage'
  | 'awayReplacement'
  | 'awayReplacementRpps'
  | 'preferredMailbox'
  | 'sending'
  | 'remarks';

export type Column = WhoColumn | PageColumn;

/** The columns of a territory's spreadsheet, in their order, by what they hold. The export writes them, the import reads them. */
export const SPREADSHEET_COLUMNS: Record<Column, string> = {
  rpps: 'RPPS',
  familyName: 'Nom',
  givenNames: 'Prénom',
  profession: 'Profession',
  communeCode: 'Code commune',
  commune: 'Commune',
  mailbox: 'Messagerie sécurisée',
  page: 'Page',
  changedOn: 'Page modifiée le',
  acceptsNewPatients: 'Nouveaux patients',
  unscheduledCare: 'Soins non programmés',
  homeVisits: 'Visites à domicile',
  teleconsultation: 'Téléconsultation',
  telecare: 'Télésoin',
  teleexpertise: 'Téléexpertise',
  weekendsAndHolidays: 'Week-ends et jours fériés',
  nightDuty: 'Garde de nuit',
  homeVisitCommunes: 'Communes des visites',
  homeVisitRadius: 'Rayon des visites (km)',
  acts: 'Actes',
  ownWords: 'Autres pratiques',
  equipment: 'Équipement',
  languages: 'Langues',
  accessibility: 'Accessibilité',
  hours: 'Horaires',
  awayStart: 'Absence du',
  awayEnd: 'Absence au',
  awayMessage: 'Message d’absence',
  awayReplacement: 'Remplacement',
  awayReplacementRpps: 'RPPS du remplacement',
  preferredMailbox: 'Messagerie préférée',
  sending: 'Quoi envoyer où',
  remarks: 'Remarques',
};

export const COLUMNS = Object.keys(SPREADSHEET_COLUMNS) as Column[];

/** What the cells of one line hold, trimmed; an empty one is absent. */
export type SpreadsheetCells = Partial<Record<Column, string>>;

/** Characters that a cell may hold; 400 where nothing is said. */
export const CELL_LENGTH_MAX: Partial<Record<Column, number>> = {
  homeVisitCommunes: 80_000,
  acts: 5000,
  ownWords: 5000,
  equipment: 5000,
  languages: 5000,
  accessibility: 2000,
  hours: 20_000,
  awayMessage: 15_000,
  awayReplacement: 5000,
  sending: 10_000,
  remarks: 4000,
};

/** Written in a cell, empties what the page says; an empty cell leaves it as it is. */
export const ERASING_WORD = 'effacer';

/** Cells by the header of their column. */
export function toHeaders(cells: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    COLUMNS.flatMap((it) => (cells[it] === undefined ? [] : [[SPREADSHEET_COLUMNS[it], cells[it]]])),
  );
}
