import { listAreaCommunes, listAreaDepartements, WHOLE_COUNTRY } from '#domain/area.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { ShownTeam } from '#domain/declaration.ts';
import { isExpertiseDomain, practiceOfDomain } from '#domain/expertise-domains.ts';
import { findTeamType, isTeamType } from '#domain/team-types.ts';

import type { CorrespondentView } from './correspondent-view.ts';

/** What a document holds of an expertise or a team beside what any correspondent has. */
export interface DeclaredWords {
  /** What it is also called. */
  titles: string[];
  /** What it answers or does, and for whom. */
  words: string[];
  professionCodes: string[];
  savoirFaireCodes: string[];
  categoryCodes: string[];
  /** An expertise is what tele-expertise asks for. */
  ways: string[];
  /** Of its area, in place of those of its places: {@link WHOLE_COUNTRY} alone for all of France. */
  communeCodes: string[];
  departementCodes: string[];
}

/** What an expertise or a team is called, whoever answers for it; empty for who is neither. */
export function titlesOf({ x: expertise, y: team }: CorrespondentView): string {
  if (expertise) return `${expertise.title} ${toDomainTitle(expertise.domain.label)}`;
  return team ? [team.name, ...titlesOfType(team.type)].join(', ') : '';
}

function toDomainTitle(label: string): string {
  return `Avis, expert, expertise, téléexpertise : ${label}`;
}

function titlesOfType({ code, label }: ShownTeam['type']): string[] {
  return [label, ...(isTeamType(code) ? findTeamType(code).words : [])];
}

/** Undefined for who is neither. */
export function toDeclaredWords({ expertise, team }: Correspondent): DeclaredWords | undefined {
  if (expertise) {
    const { domain, answers, population } = expertise;
    const practice = isExpertiseDomain(domain.code) ? practiceOfDomain(domain.code) : undefined;
    return {
      titles: [toDomainTitle(domain.label)],
      words: [...answers, ...(population === undefined ? [] : [population])],
      professionCodes: practice?.professionCodes.slice(0, 1) ?? [],
      savoirFaireCodes: practice?.savoirFaireCodes.slice(0, 1) ?? [],
      categoryCodes: [],
      ways: ['teleexpertise'],
      ...toAreaCodes(expertise.area),
    };
  }
  if (!team) return undefined;
  const type = isTeamType(team.type.code) ? findTeamType(team.type.code) : undefined;
  return {
    titles: titlesOfType(team.type),
    words: [...team.missions, ...(team.public === undefined ? [] : [team.public])],
    professionCodes: [],
    savoirFaireCodes: [],
    categoryCodes: type?.categoryCode === undefined ? [] : [type.categoryCode],
    ways: [],
    ...toAreaCodes(team.area),
  };
}

function toAreaCodes(area: Parameters<typeof listAreaCommunes>[0]) {
  const communeCodes = listAreaCommunes(area);
  const isWholeCountry = communeCodes[0] === WHOLE_COUNTRY;
  return { communeCodes, departementCodes: isWholeCountry ? [WHOLE_COUNTRY] : listAreaDepartements(area) };
}
