import { html } from 'hono/html';

import type { Withheld } from '#profiles/withheld/withhold-correspondent.ts';

import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { toFrenchInstant } from './french-instant.ts';
import { renderCsrf, renderOperatorPage } from './operator-frame.ts';

/** Who is on the red list or has objected: hidden from every channel. */
export function renderWithheldPage(
  { withheld, fault }: { withheld: Withheld[]; fault?: string | undefined },
  visitor: Visitor,
): Fragment {
  return renderOperatorPage(
    { title: 'Liste rouge et oppositions', path: '/exploitation/oppositions', visitor },
    html`${fault === undefined ? NOTHING : html`<p class="note" role="alert">${fault}</p>`}
      <section aria-labelledby="hide">
        <h2 id="hide">Masquer partout, aussitôt</h2>
        <form method="post" action="/exploitation/oppositions" class="fields">
          ${renderCsrf(visitor)}
          <div>
            <label for="who">Numéro RPPS ou adresse de messagerie</label>
            <input id="who" name="who" type="text" required maxlength="260" autocomplete="off" />
          </div>
          <div>
            <label for="reason">Motif</label>
            <input id="reason" name="reason" type="text" required maxlength="500" autocomplete="off" />
          </div>
          <button class="main" type="submit">Masquer</button>
        </form>
      </section>
      <section aria-labelledby="hidden">
        <h2 id="hidden">Masqués</h2>
        ${
          withheld.length === 0
            ? html`<p class="status">Personne.</p>`
            : html`<div class="scrolls" tabindex="0" role="region" aria-label="Liste des masqués">
                <table>
                  <thead>
                    <tr>
                      <th scope="col">Qui</th>
                      <th scope="col">Motif</th>
                      <th scope="col">Depuis</th>
                      <th scope="col"><span class="out-of-sight">Action</span></th>
                    </tr>
                  </thead>
                  <tbody>
                    ${withheld.map(({ key, reason, since }) => {
                      const who = key.includes('@') ? key : key.slice(1);
                      return html`<tr>
                        <th scope="row"><bdi>${who}</bdi></th>
                        <td><bdi>${reason}</bdi></td>
                        <td>${toFrenchInstant(since)}</td>
                        <td>
                          <form method="post" action="/exploitation/oppositions/levee">
                            ${renderCsrf(visitor)}<input type="hidden" name="who" value="${who}" />
                            <button class="plain" type="submit">
                              Montrer de nouveau<span class="out-of-sight"> ${who}</span>
                            </button>
                          </form>
                        </td>
                      </tr>`;
                    })}
                  </tbody>
                </table>
              </div>`
        }
      </section>`,
  );
}
