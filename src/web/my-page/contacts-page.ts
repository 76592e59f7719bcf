import { html } from 'hono/html';

import type { listContacts } from '#profiles/practitioner/private-contacts.ts';

import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import type { Visitor } from '../visitor.ts';
import { renderFaultSummary, renderText, type FormState } from './fields.ts';
import { renderMyPageFrame, type EditedPage } from './my-page-frame.ts';

type Contact = Awaited<ReturnType<typeof listContacts>>[number];
export type ContactKind = Contact['kind'];

export const CONTACT_KINDS = ['phone', 'email'] as const satisfies ContactKind[];

const WORDS = {
  phone: { title: 'Téléphone', label: 'Numéro de téléphone', type: 'tel', autocomplete: 'tel' },
  email: { title: 'Courriel', label: 'Adresse de courriel', type: 'email', autocomplete: 'email' },
} as const;
const DONE: Record<string, string> = {
  envoye: 'Un code est parti\u00a0: recopiez-le ci-dessous. Il vaut quinze minutes.',
  verifie: 'C’est vérifié.',
  oublie: 'C’est oublié.',
};

/** Where one is told things; known to the owner of the page alone. */
export function renderContactsPage(
  { contacts, state, done }: { contacts: readonly Contact[]; state: FormState; done: string | undefined },
  page: EditedPage,
  visitor: Visitor,
): Fragment {
  const told = DONE[done ?? ''];
  return renderMyPageFrame(
    { title: 'Mes contacts privés', path: '/contacts', visitor, page },
    html`${told === undefined ? NOTHING : html`<p class="done" role="status">${told}</p>`}
      <p class="status">
        Pour vous prévenir, vous seul. Ils ne sont ni sur votre page, ni dans la recherche, ni dans un export,
        et vos délégués ne les voient pas.
      </p>
      ${renderFaultSummary(
        state,
        (field) => WORDS[field.split('.')[0] as ContactKind].label,
        'Rien n’a changé\u00a0: il reste à corriger',
      )}
      ${CONTACT_KINDS.map((kind) =>
        renderContact(
          kind,
          contacts.find((it) => it.kind === kind),
          { state, page, csrf: renderCsrf(visitor) },
        ),
      )}`,
  );
}

function renderContact(
  kind: ContactKind,
  known: Contact | undefined,
  { state, page, csrf }: { state: FormState; page: EditedPage; csrf: Fragment },
): Fragment {
  const { title, label, type, autocomplete } = WORDS[kind];
  const path = `${page.base}/contacts/${kind}`;
  return html`<section class="small-form" aria-labelledby="${kind}-title">
    <h2 id="${kind}-title">${title}</h2>
    ${
      known === undefined
        ? NOTHING
        : html`<p><bdi>${known.address}</bdi> – ${known.isVerified ? 'vérifié' : 'à vérifier'}</p>`
    }
    ${
      known === undefined || known.isVerified
        ? NOTHING
        : html`<form method="post" action="${path}/code">
            ${csrf}
            ${renderText(state, { name: `${kind}.code`, label: 'Code reçu', inputMode: 'numeric', autocomplete: 'one-time-code', maxLength: 20 }, 'code')}
            <button type="submit" class="main">Vérifier</button>
          </form>`
    }
    <form method="post" action="${path}">
      ${csrf}
      ${renderText(state, { name: `${kind}.address`, label: known === undefined ? label : `Autre ${kind === 'phone' ? 'numéro' : 'adresse'}`, type, autocomplete, maxLength: 260 }, 'address')}
      <button type="submit">Recevoir un code</button>
    </form>
    ${
      known === undefined
        ? NOTHING
        : html`<form method="post" action="${path}/oubli">
            ${csrf}
            <button type="submit">Oublier ${kind === 'phone' ? 'ce numéro' : 'cette adresse'}</button>
          </form>`
    }
  </section>`;
}
