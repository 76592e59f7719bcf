import type { Context, MiddlewareHandler } from 'hono';
import { html } from 'hono/html';

import { isAppError } from '#domain/errors.ts';
import type { AppEnv } from '#http/app-env.ts';
import { comesFromOurPages } from '#http/authenticate.ts';

import { assetPath } from '../asset.ts';
import { renderPage, type Fragment } from '../page-frame.ts';
import { signInLink, visitorOf } from '../visitor.ts';
import { readFormValues, type FormValues } from './form-values.ts';

/** The forms whose typing is worth keeping, by the page that shows them. */
const FORM = /^\/espace(?:(?:\/praticiens\/[^/]+)?(?:\/absence)?|\/delegues)$/;
const DRAFT = /\/brouillon$/;

/**
 * A form that comes from a page of ours after the session ended is given back with all that was typed, to be sent again once signed
 * in: nothing is kept here of somebody who is not known.
 */
export const showTypedAgain: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { error } = c;
  const path = c.req.path.replace(DRAFT, '');
  const isOver = isAppError(error) && ['key-needed', 'request-forged'].includes(error.code);
  if (!isOver || c.req.method !== 'POST' || !FORM.test(path)) return;
  if (!c.req.header('accept')?.includes('text/html') || !comesFromOurPages(c)) return;
  const values = readFormValues(await c.req.parseBody({ all: true }), (name) => name !== 'csrf');
  c.res = await c.html(renderLost(c, path, values), c.res.status as 401);
};

function renderLost(c: Context<AppEnv>, path: string, values: FormValues): Fragment {
  const visitor = visitorOf(c);
  return renderPage(
    {
      title: 'Votre session est terminée – Correspondants',
      visitor,
      head: html`<meta name="robots" content="noindex" />
        <script type="module" src="${assetPath('my-page.js')}"></script>`,
    },
    html`<div class="prose">
      <h1>Votre session est terminée</h1>
      <p role="alert">
        <strong>Rien de ce que vous avez tapé n’est perdu.</strong> Rien n’est publié non plus.
      </p>
      <ol>
        <li>
          <a id="sign-in-again" href="${signInLink(path)}" target="_blank" rel="noopener"
            >Reconnectez-vous (nouvel onglet)</a
          >
        </li>
        <li>Revenez à cet onglet, et reprenez.</li>
      </ol>
      <form id="lost-form" method="post" action="${path}/reprise" data-path="${path}">
        ${Object.entries(values).flatMap(([name, texts]) =>
          texts.map((text) => html`<textarea name="${name}" hidden>${text}</textarea>`),
        )}
        <button type="submit" class="main">Reprendre ce que j’ai tapé</button>
      </form>
    </div>`,
  );
}
