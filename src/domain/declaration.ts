import type { Coding } from './correspondent.ts';
import type { ShownAreaPlace } from './area.ts';
import type { Expertise } from './expertise.ts';
import type { ResourceTeam } from './resource-team.ts';

/** What people declare beside the national files: an expertise, or a resource team. */
export type DeclaredKind = 'expert' | 'team';

/** Who answers for a declaration, as long as it lives: exactly one of these. */
export interface DeclarationOwner {
  /** Of an expertise: `8` + RPPS. */
  practitionerId?: string;
  /** Of {@link OrganizationRecord.id}. */
  organizationId?: string;
  /** Of a team. */
  territoryId?: string;
}

export interface DeclarationContent {
  expert: Expertise;
  team: ResourceTeam;
}

/** A declaration as it stands. */
export interface Declaration<K extends DeclaredKind = DeclaredKind> {
  kind: K;
  /** What its correspondent's id is made of: random or drawn from the request's Idempotency-Key, and for good. */
  key: string;
  owner: DeclarationOwner;
  content: DeclarationContent[K];
  /** 1 when it was made; one more with each change. */
  version: number;
  /** RFC 3339, UTC. */
  changedAt: string;
  isDeleted: boolean;
}

/** One member of a declaration; `isDeleted` of the declaration itself. Null: nothing was said. */
export interface DeclarationFieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** One change of a declaration, as its history keeps it. */
export interface DeclarationChange {
  version: number;
  /** RFC 3339, UTC. */
  at: string;
  by: DeclarationAuthor;
  changes: DeclarationFieldChange[];
}

export interface DeclarationAuthor {
  kind: 'owner' | 'manager' | 'coordinator' | 'administrator';
  name: string;
  /** The version whose changes this one takes back. */
  undoes?: number;
}

/** What everybody is shown of an expertise: codes with their labels, and whether there is a form instead of it. */
export interface ShownExpertise extends Omit<
  Expertise,
  'domain' | 'area' | 'mailbox' | 'savoirFaireCodes' | 'form'
> {
  domain: Coding;
  area: ShownAreaPlace[];
  hasForm: boolean;
  declaredBy: DeclarationOwner;
}

/** What everybody is shown of a resource team. */
export interface ShownTeam extends Omit<ResourceTeam, 'type' | 'area' | 'mailbox' | 'form'> {
  type: Coding;
  area: ShownAreaPlace[];
  hasForm: boolean;
  declaredBy: DeclarationOwner;
}

const MEMBERS: { [K in DeclaredKind]: readonly (keyof DeclarationContent[K] & string)[] } = {
  expert: [
    'title',
    'domain',
    'savoirFaireCodes',
    'answers',
    'doesNotAnswer',
    'population',
    'area',
    'usualDelay',
    'urgentNumbers',
    'mailbox',
    'form',
  ],
  team: [
    'name',
    'type',
    'missions',
    'public',
    'area',
    'hours',
    'notAvailable',
    'urgentNumbers',
    'mailbox',
    'form',
  ],
};

/** What differs between two contents, member by member; empty when they say the same. */
export function diffDeclarations<K extends DeclaredKind>(
  kind: K,
  before: Partial<DeclarationContent[K]>,
  after: Partial<DeclarationContent[K]>,
): DeclarationFieldChange[] {
  return MEMBERS[kind].flatMap((field) => {
    const change = { field, before: before[field] ?? null, after: after[field] ?? null };
    return isSame(change.before, change.after) ? [] : [change];
  });
}

/** The content with these members as they were before the changes, whatever they are; to be checked again. */
export function revertDeclaration(
  content: object,
  changes: readonly DeclarationFieldChange[],
): Record<string, unknown> {
  const reverted: Record<string, unknown> = { ...content };
  for (const { field, before } of changes)
    if (field !== 'isDeleted') {
      if (before === null) delete reverted[field];
      else reverted[field] = before;
    }
  return reverted;
}

/** Those of the changes whose members no longer say what the change made them say. */
export function listChangedSince(
  declaration: Pick<Declaration, 'content' | 'isDeleted'>,
  changes: readonly DeclarationFieldChange[],
): { field: string; now: unknown }[] {
  const said: Record<string, unknown> = { ...declaration.content, isDeleted: declaration.isDeleted };
  return changes.flatMap(({ field, after }) => {
    const now = said[field] ?? null;
    return isSame(now, after) ? [] : [{ field, now }];
  });
}

/** Contents hold nothing but JSON, with members in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
