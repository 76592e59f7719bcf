import { html } from 'hono/html';

import { NOTHING, renderPage } from './page-frame.ts';
import type { Visitor } from './visitor.ts';

/**
 * The picker, shown in a form and explained.
 * @param sent what the form of this very page was sent with
 */
export function renderEmbedPage(origin: string, sent: string | undefined, visitor: Visitor) {
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
      head: html`<script type="module" src="/embed/picker.js"></script>`,
    },
    html`<div class="prose">
      <h1>Intégrer l’annuaire</h1>
      <p>
        Un champ «&nbsp;À&nbsp;» pour votre messagerie&nbsp;: on y écrit comme dans la recherche, les bons
        destinataires viennent, avec leur adresse de messagerie de santé.
      </p>
      <form method="get" action="/embed">
        <p id="to-label">À</p>
        <correspondant-picker name="to" multiple aria-labelledby="to-label"></correspondant-picker>
        <button class="main" type="submit">Envoyer</button>
      </form>
      ${sent === undefined ? NOTHING : html`<p role="status">Le formulaire a envoyé&nbsp;: <code>${sent.slice(0, 2000)}</code></p>`}
      <h2>Dans votre page</h2>
      <pre tabindex="0"><code>${example}</code></pre>
      <p>
        Rien d’autre n’est chargé. Si votre page a une politique de sécurité (CSP), il suffit d’y permettre
        <code>script-src ${origin}</code> et <code>connect-src ${origin}</code>. Types pour TypeScript&nbsp;:
        <a href="/embed/picker.d.ts">picker.d.ts</a>.
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
            <td><code>name</code></td>
            <td>nom du champ&nbsp;; une valeur par destinataire, son adresse</td>
          </tr>
          <tr>
            <td><code>multiple</code></td>
            <td>plusieurs destinataires</td>
          </tr>
          <tr>
            <td><code>required</code></td>
            <td>au moins un</td>
          </tr>
          <tr>
            <td><code>kind</code></td>
            <td>
              <code>professional</code>, <code>service</code>, <code>expert</code>, <code>team</code>, séparés
              par des virgules
            </td>
          </tr>
          <tr>
            <td><code>where</code>, <code>near</code></td>
            <td>un lieu qui restreint, un lieu dont on s’approche</td>
          </tr>
          <tr>
            <td><code>lang</code></td>
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
