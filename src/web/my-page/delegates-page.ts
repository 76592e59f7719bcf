import { html } from 'hono/html';

import type { listDelegates } from '#profiles/practitioner/delegates.ts';

import { renderCsrf } from '../operator/operator-frame.ts';
import { NOTHING, type Fragment } from '../page-frame.ts';
import { toFrenchDay } from '../profile-words.ts';
import type { Visitor } from '../visitor.ts';
import { renderFaultSummary, renderText, type FormState } from './fields.ts';
import { renderMyPageFrame, type EditedPage } from './my-page-frame.ts';

type Delegate = Awaited<ReturnType<typeof listDelegates>>[number];

const DONE: Record<string, string> = {
  nomme: 'C’est fait\u00a0: cette personne peut remplir votre page dès maintenant.',
  revoque: 'C’est fait\u00a0: cette personne ne peut plus rien changer.',
};
const NAMES: Record<string, string> = { name: 'Nom', delegate: 'Numéro RPPS ou courriel', until: 'Jusqu’au' };

/** Who may fill in one's page. @param done of what has just been done; anything else says nothing */
export function renderDelegatesPage(
  { delegates, state, done }: { delegates: readonly Delegate[]; state: FormState; done: string | undefined },
  page: EditedPage,
  visitor: Visitor,
): Fragment {
  const csrf = renderCsrf(visitor);
  const told = DONE[done ?? ''];
  return renderMyPageFrame(
    { title: 'Mes délégués', path: '/delegues', visitor, page },
    html`${told === undefined ? NOTHING : html`<p class="done" role="status">${told}</p>`}
      <p class="status">
        Un délégué (secrétaire, confrère) remplit votre page à votre place. Il ne voit ni vos contacts privés,
        ni vos délégués. Tout ce qu’il change est dans l’historique, et s’annule.
      </p>
      ${
        delegates.length === 0
          ? html`<p>Vous n’avez confié votre page à personne.</p>`
          : html`<ul class="delegates">
              ${delegates.map(
                (it) =>
                  html`<li>
                    <p id="delegate-${it.id}">
                      <strong><bdi>${it.name}</bdi></strong> – <bdi>${it.delegate}</bdi>,
                      ${it.until === null ? 'jusqu’à ce que vous l’arrêtiez' : `jusqu’au ${toFrenchDay(it.until)}`}
                    </p>
                    <form method="post" action="${page.base}/delegues/${it.id}/revocation">
                      ${csrf}
                      <button type="submit" aria-describedby="delegate-${it.id}">Arrêter</button>
                    </form>
                  </li>`,
              )}
            </ul>`
      }
      <form method="post" action="${page.base}/delegues" class="small-form">
        ${csrf}
        <h2>Confier ma page</h2>
        ${renderFaultSummary(state, (field) => NAMES[field] ?? '', 'Rien n’a changé\u00a0: il reste à corriger')}
        ${renderText(state, { name: 'name', label: 'Nom', hint: 'Pour vous y retrouver.', maxLength: 120 })}
        ${renderText(state, {
          name: 'delegate',
          label: 'Numéro RPPS ou courriel',
          hint: 'Celui avec lequel cette personne se connecte.',
          maxLength: 260,
        })}
        ${renderText(state, { name: 'until', label: 'Jusqu’au', hint: 'Vide\u00a0: jusqu’à ce que vous l’arrêtiez.', type: 'date' })}
        <button type="submit" class="main">Confier</button>
      </form>`,
  );
}
