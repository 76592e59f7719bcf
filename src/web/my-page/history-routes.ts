import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { html } from 'hono/html';

import { isAppError } from '#domain/errors.ts';
import type { ChangeAuthor, ProfileChange } from '#domain/profile.ts';
import type { AppEnv } from '#http/app-env.ts';
import type { BodyRoute } from '#http/limit-body.ts';
import { undoProfileChange } from '#profiles/practitioner/edit-profile.ts';
import { readProfileHistory } from '#profiles/practitioner/profile-history.ts';

import { toFrenchInstant } from '../operator/french-instant.ts';
import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { visitorOf } from '../visitor.ts';
import { renderMyPageFrame } from './my-page-frame.ts';
import { BASES, openPage, type OpenedPage } from './opened-page.ts';
import { toFieldLabel, toSaidWords } from './said-words.ts';

/** For `limitBody`. */
export const HISTORY_BODIES: BodyRoute[] = BASES.map((base) => ({
  method: 'POST',
  path: `${base.replace(/:(\w+)/, '{$1}')}/historique/{version}/annulation`,
  bytesMax: 1000,
}));

const AUTHORS: Record<ChangeAuthor['kind'], string> = {
  owner: 'la personne elle-même',
  delegate: 'délégué',
  coordinator: 'coordination du territoire',
  administrator: 'administration de l’annuaire',
  application: 'application',
};

/** Who changed what on a page, and taking a change back. */
export function registerHistoryPages(app: OpenAPIHono<AppEnv>): void {
  for (const base of BASES) {
    app.get(`${base}/historique`, async (c) => showHistory(c, await openPage(c)));
    app.post(`${base}/historique/:version/annulation`, async (c) => {
      const opened = await openPage(c);
      const version = Number(/^\d{1,9}$/.exec(c.req.param('version'))?.[0] ?? 0);
      try {
        await undoProfileChange(opened.db, opened.editor, version);
      } catch (error) {
        if (!isAppError(error) || error.code !== 'profile-changed') throw error;
        const fault =
          'Ce changement ne peut plus être annulé\u00a0: la même chose a été changée depuis. Corrigez-la dans le formulaire.';
        return showHistory(c, opened, fault);
      }
      return c.redirect(`${opened.page.base}/historique?annule=1`, 303);
    });
  }
}

async function showHistory(c: Context<AppEnv>, { db, editor, page, person }: OpenedPage, fault?: string) {
  const before = Number(/^\d{1,9}$/.exec(c.req.query('avant') ?? '')?.[0] ?? 0) || undefined;
  const changes = await readProfileHistory(db, editor.practitionerId, before);
  const visitor = visitorOf(c);
  const last = changes.at(-1)?.version ?? 1;
  const content = html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
  ${
    c.req.query('annule') === undefined
      ? NOTHING
      : html`<p class="done" role="status">C’est annulé. L’annulation est elle-même dans l’historique.</p>`
  }
  ${
    changes.length === 0
      ? html`<p>Rien n’a encore été dit sur cette page.</p>`
      : html`<ol class="history" reversed>
          ${changes.map((it) => renderChange(it, { base: page.base, csrf: renderCsrf(visitor), person }))}
        </ol>`
  }
  ${last > 1 ? html`<p class="pages"><a class="button" href="${page.base}/historique?avant=${last}">Plus ancien</a></p>` : NOTHING}`;
  return c.html(
    renderMyPageFrame({ title: 'Historique de ma page', path: '/historique', visitor, page }, content),
    fault === undefined ? 200 : 412,
  );
}

function renderChange(
  { version, at, by, changes }: ProfileChange,
  { base, csrf, person }: { base: string; csrf: Fragment; person: OpenedPage['person'] },
): Fragment {
  const title = `change-${version}`;
  return html`<li>
    <article class="change" aria-labelledby="${title}">
      <h2 id="${title}">
        ${toFrenchInstant(at)} – <bdi>${by.name}</bdi> <span class="status">(${AUTHORS[by.kind]})</span>
      </h2>
      ${by.undoes === undefined ? NOTHING : html`<p class="status">Annule un changement d’avant.</p>`}
      ${by.importId === undefined ? NOTHING : html`<p class="status">Import du territoire.</p>`}
      <dl class="facts">
        ${changes.map(
          ({ field, before, after }) =>
            html`<dt>${toFieldLabel(field)}</dt>
              <dd>
                <del class="lines"><bdi>${toSaidWords(field, before, person)}</bdi></del>
                <span aria-hidden="true">→</span>
                <ins class="lines"><bdi>${toSaidWords(field, after, person)}</bdi></ins>
              </dd>`,
        )}
      </dl>
      <form method="post" action="${base}/historique/${version}/annulation">
        ${csrf}
        <button type="submit" aria-describedby="${title}">Annuler ce changement</button>
      </form>
    </article>
  </li>`;
}
