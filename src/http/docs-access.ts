import { html } from 'hono/html';

import { OPERATIONS, type OperationRule } from '#domain/operations.ts';

/** Every operation against every role and scope, as the code itself decides it; and how often one may ask. */
export function renderAccess() {
  return html`<section id="who-may">
    <h2>Who may do what, and how often</h2>
    <p>
      Applications send their key, or an access token of a person, as <code>Authorization: Bearer …</code>.
      “Anybody” may where reading is open (<code>ACCESS=open</code>). Owners, delegates, coordinators and
      managers may for what is theirs: a page, a territory, an organization.
    </p>
    <p>
      <code>RateLimit-Policy</code> tells how many requests a minute one caller (a key, a person, else an
      address) may make, <code>RateLimit</code> how many are left and in how many seconds all of them are
      there again. Beyond, the answer is a 429 with <code>Retry-After</code>. Whoever is given a large part of
      the directory within a day is answered ever more slowly, then refused until the next: all of it is
      exported by <code>GET /v1/changes</code>, with a key that has the scope <code>export</code>.
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Operation</th>
          <th scope="col">Who may, always</th>
          <th scope="col">Anybody, where reading is open</th>
        </tr>
      </thead>
      <tbody>
        ${Object.entries(OPERATIONS).map(
          ([name, { allows, isReading }]: [string, OperationRule]) =>
            html`<tr>
              <th scope="row"><code>${name}</code></th>
              <td>${allows.join(', ')}</td>
              <td>${isReading ? 'yes' : 'no'}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
