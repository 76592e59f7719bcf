/** What makes a place of practice accessible, with French labels. */
export const ACCESSIBILITY = {
  wheelchair: 'Accessible en fauteuil roulant',
  lift: 'Ascenseur',
  groundFloor: 'De plain-pied',
  parking: 'Stationnement réservé',
  publicTransport: 'Desservi par les transports en commun',
  signLanguage: 'Langue des signes française',
  hearingLoop: 'Boucle magnétique',
  largePrint: 'Documents en gros caractères ou en braille',
  easyToRead: 'Documents faciles à lire et à comprendre',
} as const;

export type Accessibility = keyof typeof ACCESSIBILITY;
