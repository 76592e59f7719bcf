import type { ShownAreaPlace } from '#domain/area.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { ShownExpertise } from '#domain/declaration.ts';

import { toFrenchNumber, toFrenchPhone } from '../french-text.ts';

const AREA_ORDER: readonly ShownAreaPlace['kind'][] = [
  'country',
  'region',
  'departement',
  'territory',
  'epci',
  'commune',
];

/** What it is called, without the name of whoever declares it. */
export function toDeclaredTitle(it: Correspondent): string {
  return it.expertise?.title ?? it.team?.name ?? it.name;
}

/** Who declares it, as its name ends; undefined when nobody's name is known. */
export function toDeclarerName(it: Correspondent): string | undefined {
  const title = `${toDeclaredTitle(it)} – `;
  return it.name.startsWith(title) ? it.name.slice(title.length) : undefined;
}

/** The names of an area, the widest first: "Haute-Loire", "CC Cayres-Pradelles". */
export function listAreaNames(area: readonly ShownAreaPlace[]): string[] {
  const ranked = area.toSorted((a, b) => AREA_ORDER.indexOf(a.kind) - AREA_ORDER.indexOf(b.kind));
  return ranked.map(({ kind, name }) => (kind === 'country' ? 'Toute la France' : name));
}

/** On one line: "Haute-Loire, Brioude et 3 autres". */
export function toAreaLine(area: readonly ShownAreaPlace[], namesMax = 3): string {
  const names = listAreaNames(area);
  const others = names.length - namesMax;
  if (others <= 0) return names.join(', ');
  return `${names.slice(0, namesMax).join(', ')} et ${toFrenchNumber(others)}\u00a0${others === 1 ? 'autre' : 'autres'}`;
}

/** "sous 2 jours", "sous 4 heures". */
export function toDelayText({ value, unit }: NonNullable<ShownExpertise['usualDelay']>): string {
  const noun = unit === 'hours' ? 'heure' : 'jour';
  return `sous ${toFrenchNumber(value)}\u00a0${noun}${value === 1 ? '' : 's'}`;
}

/** What it takes, whom to call and for where, as the note of an address book; empty for who is no expert and no team. */
export function toDeclaredNote({ expertise, team }: Correspondent): string {
  const said = expertise ?? team;
  if (said === undefined) return '';
  const lines = [
    ...(expertise?.answers ?? team?.missions ?? []),
    ...(said.urgentNumbers ?? []).map((it) => `Urgence – ${it.case}\u00a0: ${toFrenchPhone(it.phone)}`),
    `Pour\u00a0: ${toAreaLine(said.area, 20)}`,
  ];
  return lines.join('\n');
}
