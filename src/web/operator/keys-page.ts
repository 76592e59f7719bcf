import { html } from 'hono/html';

import type { KnownKey } from '#access/manage-keys.ts';

import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchInstant } from './french-instant.ts';
import { renderCsrf, renderOperatorPage } from './operator-frame.ts';

const SCOPES = [
  { value: 'search', label: 'Chercher', detail: 'search' },
  { value: 'export', label: 'Suivre tous les changements', detail: 'export' },
  { value: 'admin', label: 'Administrer', detail: 'admin' },
];

/**
 * Keys of applications.
 * @param made the key that was just made, shown this once
 */
export function renderKeysPage(
  { keys, made, fault }: { keys: KnownKey[]; made?: { id: string; key: string }; fault?: string },
  visitor: Visitor,
): Fragment {
  return renderOperatorPage(
    { title: 'Clés des applications', path: '/exploitation/cles', visitor },
    html`${
        made === undefined
          ? NOTHING
          : html`<div class="made" role="status">
              <h2>Clé ${made.id}</h2>
              <p>Copiez-la maintenant&nbsp;: elle ne sera plus jamais montrée.</p>
              <p>
                <code class="secret">${made.key}</code>
                <button class="plain js" type="button" data-copy="${made.key}" aria-label="Copier la clé">
                  Copier
                </button>
              </p>
            </div>`
      }
      ${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
      <section aria-labelledby="new-key">
        <h2 id="new-key">Nouvelle clé</h2>
        <form method="post" action="/exploitation/cles" class="fields">
          ${renderCsrf(visitor)}
          <div>
            <label for="name">Application</label>
            <input id="name" name="name" type="text" required maxlength="100" autocomplete="off" />
          </div>
          <fieldset>
            <legend>Ce qu’elle pourra faire</legend>
            <ul class="choices">
              ${SCOPES.map(
                ({ value, label, detail }) =>
                  html`<li>
                    <label
                      ><input type="checkbox" name="scope" value="${value}" /> ${label}
                      <code>${detail}</code></label
                    >
                  </li>`,
              )}
            </ul>
          </fieldset>
          <div>
            <label for="others">Autres portées</label>
            <p id="others-hint" class="status">
              <code>mailbox-activity:domaine.mssante.fr</code> ou <code>territory:identifiant</code>, séparées
              par des espaces
            </p>
            <input
              id="others"
              name="others"
              type="text"
              maxlength="1000"
              autocomplete="off"
              aria-describedby="others-hint"
            />
          </div>
          <button class="main" type="submit">Créer la clé</button>
        </form>
      </section>
      <section aria-labelledby="keys">
        <h2 id="keys">Toutes les clés</h2>
        ${keys.length === 0 ? html`<p class="status">Aucune.</p>` : renderTable(keys, visitor)}
      </section>`,
  );
}

function renderTable(keys: KnownKey[], visitor: Visitor) {
  return html`<div class="scrolls" tabindex="0" role="region" aria-label="Liste des clés">
    <table>
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">Portées</th>
          <th scope="col">Créée</th>
          <th scope="col">Dernier emploi</th>
          <th scope="col">État</th>
        </tr>
      </thead>
      <tbody>
        ${keys.map(
          (it) =>
            html`<tr>
              <th scope="row"><bdi>${it.name}</bdi> <code>${it.id}</code></th>
              <td>${it.scopes.map((scope) => html`<code>${scope}</code> `)}</td>
              <td>${toFrenchInstant(it.createdAt)}</td>
              <td>${it.lastUsedAt === null ? 'jamais' : toFrenchInstant(it.lastUsedAt)}</td>
              <td>
                ${
                  it.revokedAt === null
                    ? html`<form method="post" action="/exploitation/cles/${it.id}/revocation">
                        ${renderCsrf(visitor)}<button class="plain" type="submit">
                          Révoquer<bdi class="out-of-sight"> la clé de ${it.name}</bdi>
                        </button>
                      </form>`
                    : html`révoquée ${toFrenchInstant(it.revokedAt)}`
                }
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
