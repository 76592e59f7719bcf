import { html } from 'hono/html';

import { assetPath } from './asset.ts';
import { NOTHING, renderPage } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

/**
 * The picker, shown in a form and explained.
 * @param sent what the form of this very page was sent with
 */
export function renderEmbedPage(origin: string, sent: readonly string[], visitor: Visitor) {
  const example = `<script type="module" src="${origin}/embed/picker.js"></script>

<form method="post" action="/messages">
  <label for="to">À</label>
  <correspondant-picker id="to" name="to" multiple required></correspondant-picker>
  <button>Envoyer</button>
</form>`;
  return renderPage(
    {
      title: 'Intégrer l’annuaire – Correspondants',
      visitor,
      head: html`<script type="module" src="/embed/picker.js"></script>
        <script type="module" src="${assetPath('embed.js')}"></script>`,
    },
    html`<div class="prose">
      <h1>Intégrer l’annuaire</h1>
      <p>
        Un champ «&nbsp;À&nbsp;» pour votre messagerie&nbsp;: on y écrit comme dans la recherche, les bons
        destinataires viennent, avec leur adresse de messagerie de santé et si elle est lue.
      </p>
      <form method="get" action="/embed">
        <label for="to">À</label>
        <correspondant-picker id="to" name="to" multiple></correspondant-picker>
        <p class="actions">
          <button class="main" type="submit">Envoyer</button> <button type="reset">Vider</button>
        </p>
      </form>
      ${
        sent.length === 0
          ? NOTHING
          : html`<div class="note" role="status">
              <p>Le formulaire a envoyé&nbsp;:</p>
              <ul>
                ${sent.map((it) => html`<li><code>${it.slice(0, 300)}</code></li>`)}
              </ul>
            </div>`
      }
      <form id="options" hidden>
        <fieldset>
          <legend>Essayer autrement</legend>
          <ul class="choices">
            <li>
              <label
                ><input type="checkbox" name="several" checked /> Plusieurs destinataires
                (<code>multiple</code>)</label
              >
            </li>
            <li>
              <label><input type="checkbox" name="required" /> Obligatoire (<code>required</code>)</label>
            </li>
            <li>
              <label><input type="radio" name="lang" value="fr" checked /> Français</label>
            </li>
            <li>
              <label><input type="radio" name="lang" value="en" /> English (<code>lang="en"</code>)</label>
            </li>
          </ul>
        </fieldset>
        <p id="chosen-label">Ce que votre page lit dans <code>recipients</code>&nbsp;:</p>
        <pre id="chosen" tabindex="0" role="region" aria-labelledby="chosen-label">[]</pre>
      </form>
      <h2>Dans votre page</h2>
      <pre tabindex="0"><code>${example}</code></pre>
      <p>
        Rien d’autre n’est chargé. Si votre page a une politique de sécurité (CSP), il suffit d’y permettre
        <code>script-src ${origin}</code> et <code>connect-src ${origin}</code>. Types pour TypeScript&nbsp;:
        <a href="/embed/picker.d.ts">picker.d.ts</a>. Dans React (19), Vue ou Svelte, c’est un élément comme
        un autre&nbsp;: <code>&lt;correspondant-picker name="to" onrecipientadd={…} /&gt;</code>.
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Attribut</th>
            <th scope="col">Sens</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row"><code>name</code></th>
            <td>nom du champ&nbsp;; une valeur par destinataire, son adresse</td>
          </tr>
          <tr>
            <th scope="row"><code>multiple</code></th>
            <td>plusieurs destinataires</td>
          </tr>
          <tr>
            <th scope="row"><code>required</code></th>
            <td>au moins un</td>
          </tr>
          <tr>
            <th scope="row"><code>kind</code></th>
            <td>
              <code>professional</code>, <code>service</code>, <code>expert</code>, <code>team</code>, séparés
              par des virgules
            </td>
          </tr>
          <tr>
            <th scope="row"><code>where</code>, <code>near</code></th>
            <td>un lieu qui restreint, un lieu dont on s’approche</td>
          </tr>
          <tr>
            <th scope="row"><code>lang</code></th>
            <td><code>fr</code> (d’ordinaire) ou <code>en</code></td>
          </tr>
        </tbody>
      </table>
      <p>
        Propriétés&nbsp;: <code>recipients</code>, <code>value</code>. Événements&nbsp;: <code>change</code>,
        <code>recipientadd</code>, <code>recipientremove</code>. Aspect&nbsp;: variables
        <code>--picker-accent</code>, <code>--picker-ink</code>, <code>--picker-surface</code>,
        <code>--picker-edge</code>, <code>--picker-radius</code>&nbsp;; parties <code>field</code>,
        <code>input</code>, <code>chip</code>, <code>list</code>, <code>option</code>.
      </p>
    </div>`,
  );
}
