import { composeContent } from '#domain/compose-declared.ts';
import type { Correspondent } from '#domain/correspondent.ts';
import type { DeclarationContent, DeclarationOwner, DeclaredKind } from '#domain/declaration.ts';
import { isAppError } from '#domain/errors.ts';
import type { RequestForm } from '#domain/request-form.ts';
import { parseContent } from '#profiles/declarations/check-declaration.ts';

const PLACEHOLDERS: { [K in DeclaredKind]: DeclarationContent[K] } = {
  expert: { title: 'Sans titre', domain: 'autre', answers: [], area: [] },
  team: { name: 'Sans nom', type: 'autre', missions: [], area: [] },
};

/** Of whoever it is declared for. */
export interface PreviewOwner {
  owner: DeclarationOwner;
  name: string;
  territories: readonly { id: string; name: string }[];
}

/** What is typed, as others would see it: whatever is wrong or missing in it is left out. */
export function toPreview<K extends DeclaredKind>(
  kind: K,
  typed: Record<string, unknown>,
  { owner, name, territories }: PreviewOwner,
): { shown: Correspondent; form: RequestForm | undefined } {
  const content = { ...PLACEHOLDERS[kind], ...withoutFaulty(kind, typed) };
  const declaration = { kind, key: '', owner, content, version: 0, changedAt: '', isDeleted: false };
  const named = new Map(territories.map((it) => [it.id, { ...it, communeCodes: [] }]));
  const { title, mailbox, shown } = composeContent(declaration, { territories: named });
  return {
    form: content.form,
    shown: {
      id: '',
      kind,
      name: `${title} – ${name}`,
      familyName: null,
      givenNames: null,
      civilite: null,
      rpps: null,
      profession: null,
      otherProfessions: [],
      savoirFaire: [],
      serviceName: null,
      places: [],
      mailboxes: mailbox === undefined ? [] : [{ address: mailbox, type: 'ORG', lastOpenedOn: null }],
      ...shown,
    },
  };
}

function withoutFaulty<K extends DeclaredKind>(
  kind: K,
  typed: Record<string, unknown>,
): Partial<DeclarationContent[K]> {
  try {
    return parseContent(kind, typed);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const faults =
      error.code === 'request-invalid' ? (error.data as { faults: { pointer: string }[] }).faults : [];
    const faulty = new Set(faults.map((it) => it.pointer.split('.')[1]));
    return Object.fromEntries(Object.entries(typed).filter(([member]) => !faulty.has(member))) as Partial<
      DeclarationContent[K]
    >;
  }
}
