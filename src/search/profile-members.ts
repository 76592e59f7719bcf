import { ACCESSIBILITY, type Accessibility } from '#domain/accessibility.ts';
import { findAct } from '#domain/acts.ts';
import { listAwaySpans } from '#domain/away.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import { communeTables } from '#domain/geography/commune-tables.ts';
import { homeVisitCommunesOf } from '#domain/home-visits.ts';
import { LANGUAGES } from '#domain/languages.ts';
import type { WayOfPractising } from '#domain/practising.ts';

import type { CorrespondentDocument } from './correspondent-document.ts';

/** In `visitCommunes`, of somebody who goes to homes and does not say where. */
export const VISITS_UNSAID = '*';

type ProfileMembers = Pick<
  CorrespondentDocument,
  'ways' | 'acts' | 'profileWords' | 'visitCommunes' | 'awayOn'
>;

/** In `ways`: a way that is a known no. */
export function toRefusedWay(way: WayOfPractising): string {
  return `-${way}`;
}

/** What a page adds to the document of its person; nothing when there is no page. */
export function toProfileMembers(correspondent: Correspondent): ProfileMembers {
  const { profile } = correspondent;
  if (profile === undefined) return {};
  const members: ProfileMembers = {};
  const said = new Map(Object.entries(profile.ways ?? {}) as [WayOfPractising, boolean][]);
  const visited = homeVisitCommunesOf(correspondent);
  if (visited !== undefined) said.set('homeVisits', true);
  const ways = [...said].map(([way, isSo]) => (isSo ? way : toRefusedWay(way)));
  if (ways.length > 0) members.ways = ways;
  if (profile.acts) members.acts = profile.acts;
  const acts = (profile.acts ?? []).map(findAct).filter((it) => it !== undefined);
  const words = [
    ...acts.flatMap((act) => [act.label, ...act.words]),
    ...(profile.ownWords ?? []),
    ...(profile.equipment ?? []),
    ...(profile.languages ?? []).map((code) => LANGUAGES.get(code)),
    ...(profile.accessibility ?? []).map((code) => ACCESSIBILITY[code as Accessibility]),
  ].filter((word) => word !== undefined);
  if (words.length > 0) members.profileWords = [...new Set(words)];
  if (visited !== undefined)
    members.visitCommunes = visited === 'unsaid' ? [VISITS_UNSAID] : [...withArrondissements(visited)];
  const away = listAwaySpans(profile.awayPeriods ?? []);
  if (away.length > 0) members.awayOn = away;
  return members;
}

function withArrondissements(codes: ReadonlySet<string>): Set<string> {
  const { arrondissements } = communeTables();
  const all = new Set(codes);
  for (const code of codes) for (const part of arrondissements.get(code) ?? []) all.add(part.code);
  return all;
}
