import type { Context } from 'hono';

import type { Correspondent } from '#domain/correspondent.ts';
import type { AppEnv } from '#http/app-env.ts';
import { authorizeEdit, type ProfileEditor } from '#http/profile-editor.ts';
import { loadProfessional, readProfilePage, type ProfilePage } from '#profiles/practitioner/profile-page.ts';

import type { EditedPage } from './my-page-frame.ts';

/** Under which addresses pages are filled in: one's own, and that of somebody else. */
export const BASES = ['/espace', '/espace/praticiens/:rpps'] as const;

/** A page that whoever asks may change. */
export interface OpenedPage {
  db: AppEnv['Variables']['directory']['store']['db'];
  now: Date;
  /** Who changes it, for the use cases. */
  editor: ProfileEditor & { editor: string };
  /** The same, for people. */
  page: EditedPage;
  person: Correspondent;
  known: ProfilePage;
}

/** @throws AppError `key-needed`, `not-allowed`, `request-invalid`, `correspondent-not-found` */
export async function openPage(c: Context<AppEnv>): Promise<OpenedPage> {
  const editor = await authorizeEdit(c);
  const { store, now } = c.get('directory');
  const { practitionerId, by } = editor;
  const [person, known] = await Promise.all([
    loadProfessional(store.db, practitionerId),
    readProfilePage(store.db, practitionerId),
  ]);
  const rpps = practitionerId.slice(1);
  const base = by.kind === 'owner' ? '/espace' : `/espace/praticiens/${rpps}`;
  return {
    db: store.db,
    now: now(),
    editor: { ...editor, editor: editor.editor ?? '' },
    page: { base, rpps, name: person.name, as: by.kind },
    person,
    known,
  };
}
