import { html } from 'hono/html';

import type { Correspondent } from '#domain/correspondent.ts';
import type { Completeness, Profile } from '#domain/profile.ts';
import type { FieldConflict } from '#profiles/practitioner/compare-profile.ts';

import type { MapTiles } from '../map-tiles.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { renderConflicts } from './conflict-panel.ts';
import { renderFaultSummary, type FormState } from './fields.ts';
import { renderMyPageFrame, type EditedPage } from './my-page-frame.ts';
import { nameOfField, renderPageFields } from './page-form.ts';
import { renderPreview } from './preview.ts';

/** The form of a page, beside what others would see. */
export interface FillPageView {
  page: EditedPage;
  person: Correspondent;
  state: FormState;
  /** The version that the form was made from. */
  version: number;
  completeness: Completeness;
  /** What the form makes, as far as it is right. */
  preview: Profile;
  conflicts: readonly FieldConflict[];
  /** What has just happened, above the form. */
  notice: Fragment | undefined;
  tiles: MapTiles;
  now: Date;
  visitor: Visitor;
}

const COMPLETENESS: Record<Completeness, string> = {
  empty: 'Votre page ne dit encore rien.',
  partial:
    'Votre page est remplie en partie. Elle est complète quand les huit façons d’exercer sont dites, avec les horaires d’un lieu, et où vous allez si vous faites des visites.',
  complete: 'Votre page est complète.',
};

export function renderFillPage(view: FillPageView): Fragment {
  const { page, person, state, version, conflicts, notice, tiles, visitor } = view;
  const hasFaults = state.faults.length > 0 || conflicts.length > 0;
  return renderMyPageFrame(
    { title: `${hasFaults ? 'À revoir – ' : ''}Remplir ma page`, path: '', visitor, page },
    html`<p class="status">${COMPLETENESS[view.completeness]}</p>
      ${notice ?? NOTHING}
      <div class="fill">
        <form id="page-form" method="post" action="${page.base}" class="fill-form" data-base="${page.base}">
          ${renderCsrf(visitor)}
          <input type="hidden" name="rpps" value="${page.rpps}" />
          <input type="hidden" name="version" value="${version}" />
          ${renderFaultSummary(state, nameOfField)} ${renderConflicts(conflicts, person)}
          ${renderPageFields(state, person, tiles)}
          <div class="form-bar">
            <p id="draft-state" class="status" role="status"></p>
            <button type="submit" formaction="${page.base}/brouillon">Garder en brouillon</button>
            <button type="submit" class="main">Publier</button>
          </div>
        </form>
        <aside class="preview" aria-labelledby="preview-title">
          <h2 id="preview-title">Ce que verront les autres</h2>
          <div id="preview">${renderPreview(person, view.preview, view.now)}</div>
        </aside>
      </div>`,
  );
}
