import { nameOfAreaPlace, type AreaPlace, type ShownAreaPlace } from './area.ts';
import { findCode } from './code-lists.ts';
import {
  composeProfessional,
  nameOf,
  toCoding,
  toMailbox,
  toPlace,
  uniqueOrganizations,
} from './compose-correspondent.ts';
import type { DeclaredFacts, FactReferences } from './correspondent-facts.ts';
import type { Correspondent } from './correspondent.ts';
import type { Declaration, DeclaredKind } from './declaration.ts';
import { EXPERTISE_DOMAINS } from './expertise-domains.ts';
import { findTeamType } from './team-types.ts';

/**
 * What the directory shows of a declared expertise or team: what it says, with the name, profession and places of whoever answers
 * for it.
 * @returns undefined when its professional cannot be shown
 */
export function composeDeclared(facts: DeclaredFacts, references: FactReferences): Correspondent | undefined {
  const { declaration } = facts;
  const owner = facts.owner === null ? undefined : composeProfessional(facts.owner, references);
  if (facts.owner !== null && owner === undefined) return undefined;
  const { organizationId, territoryId } = declaration.owner;
  const organizations = uniqueOrganizations([organizationId ?? null], references);
  const ownerName =
    owner?.name ??
    organizations.map(nameOf).find((name) => name !== null) ??
    (territoryId === undefined ? undefined : references.territories.get(territoryId)?.name);
  const { title, mailbox, savoirFaireCodes, shown } = composeContent(declaration, references);
  const box = mailbox === undefined ? undefined : references.mailboxes.get(mailbox);
  return {
    id: facts.id,
    kind: declaration.kind,
    name: [title, ownerName].filter((part) => part !== undefined).join(' – '),
    familyName: null,
    givenNames: null,
    civilite: null,
    rpps: null,
    profession: owner?.profession ?? null,
    otherProfessions: [],
    savoirFaire: savoirFaireCodes.map((code) => ({
      type: findCode('savoirFaire', code)?.type ?? null,
      ...toCoding('savoirFaire', code, references),
    })),
    serviceName: null,
    places: owner?.places ?? organizations.map((it) => toPlace(it, null, references)),
    mailboxes: box === undefined ? [] : [toMailbox(box)],
    ...shown,
  };
}

/** What a declaration itself shows, without whoever answers for it. */
export function composeContent(declaration: Declaration, references: Pick<FactReferences, 'territories'>) {
  const { owner: declaredBy } = declaration;
  if (isOf(declaration, 'expert')) {
    const { domain, area, mailbox, savoirFaireCodes = [], form, ...said } = declaration.content;
    const expertise = {
      ...said,
      domain: { code: domain, label: EXPERTISE_DOMAINS[domain] },
      area: toShownArea(area, references),
      hasForm: form !== undefined,
      declaredBy,
    };
    return { title: said.title, mailbox, savoirFaireCodes, shown: { expertise } };
  }
  const { type, area, mailbox, form, ...said } = (declaration as Declaration<'team'>).content;
  const team = {
    ...said,
    type: { code: type, label: findTeamType(type).label },
    area: toShownArea(area, references),
    hasForm: form !== undefined,
    declaredBy,
  };
  return { title: said.name, mailbox, savoirFaireCodes: [], shown: { team } };
}

function isOf<K extends DeclaredKind>(declaration: Declaration, kind: K): declaration is Declaration<K> {
  return declaration.kind === kind;
}

/** A territory that is no more is passed over. */
function toShownArea(
  area: readonly AreaPlace[],
  { territories }: Pick<FactReferences, 'territories'>,
): ShownAreaPlace[] {
  return area.flatMap(({ kind, code }): ShownAreaPlace[] => {
    const territory = kind === 'territory' ? territories.get(code) : undefined;
    const name = territory?.name ?? nameOfAreaPlace({ kind, code });
    if (name === undefined) return [];
    return [{ kind, code, name, ...(territory && { communeCodes: territory.communeCodes }) }];
  });
}
