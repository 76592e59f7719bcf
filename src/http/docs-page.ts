import { html, raw } from 'hono/html';

import { renderAccess } from './docs-access.ts';
import { listGuideSteps, type GuideStep } from './docs-guide.ts';
import { listProblems } from './problem.ts';

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  example?: unknown;
  schema?: {
    type?: string | string[];
    description?: string;
    example?: unknown;
    default?: unknown;
    enum?: unknown[];
  };
}

interface Operation {
  summary?: string;
  description?: string;
  parameters?: Parameter[];
  responses: Record<string, { description: string; content?: Record<string, unknown> }>;
}

/** The part of an OpenAPI document that the page shows. */
export interface ApiDescription {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
}

/**
 * The API on one page: a guide, then what the OpenAPI document says. It reads without a script, with a screen reader and on paper.
 * @param server.origin under which applications reach it
 * @param server.script that runs the requests of the page where scripts run
 */
export function renderDocsPage(api: ApiDescription, { origin, script }: { origin: string; script: string }) {
  const operations = Object.entries(api.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const schemas = Object.entries(api.components?.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${api.info.title} API</title>
        <link rel="stylesheet" href="/docs.css" />
        <script type="module" src="${script}"></script>
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <h1>${api.info.title} API <small>${api.info.version}</small></h1>
          <p>
            ${api.info.description ?? ''} <a href="/openapi.json">OpenAPI document</a> ·
            <a href="/">The directory</a>
          </p>
        </header>
        <nav aria-label="On this page">
          <ul>
            ${listGuideSteps(origin).map((it) => html`<li><a href="#guide-${it.id}">${it.title}</a></li>`)}
            <li><a href="#who-may">Who may do what, and how often</a></li>
            <li><a href="#errors">Errors</a></li>
            <li><a href="#schemas">Schemas</a></li>
          </ul>
          <details>
            <summary>All ${operations.length} operations</summary>
            <ul class="many">
              ${operations.map(
                (it) =>
                  html`<li>
                    <a href="#${anchorOf(it.method, it.path)}"><code>${it.method} ${it.path}</code></a>
                  </li>`,
              )}
            </ul>
          </details>
        </nav>
        <main id="content">
          ${renderGuide(origin)} ${operations.map((it) => renderOperation(it.method, it.path, it.operation))}
          ${renderAccess()}
          <section id="errors">
            <h2>Errors</h2>
            <p>
              Errors are <code>application/problem+json</code> (RFC 9457). <code>code</code> is the contract;
              the texts are for people. All faults of a request come at once, in <code>errors</code>.
            </p>
            <table>
              <thead>
                <tr>
                  <th scope="col">code</th>
                  <th scope="col">status</th>
                  <th scope="col">meaning</th>
                </tr>
              </thead>
              <tbody>
                ${listProblems().map(
                  (it) =>
                    html`<tr id="error-${it.code}">
                      <td><code>${it.code}</code></td>
                      <td>${it.status}</td>
                      <td>${it.title}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </section>
          <section id="schemas">
            <h2>Schemas</h2>
            ${schemas.map(
              ([name, schema]) =>
                html`<details id="schema-${name}">
                  <summary><code>${name}</code></summary>
                  <pre tabindex="0">${JSON.stringify(schema, null, 2)}</pre>
                </details>`,
            )}
          </section>
        </main>
      </body>
    </html>`;
}

function renderGuide(origin: string) {
  return html`<section id="guide">
    <h2>Guide for integrators</h2>
    <form id="access" hidden>
      <label for="key">Key of your application, if this server asks for one</label>
      <input id="key" type="password" autocomplete="off" />
      <small>Sent to this server alone, and forgotten with this page.</small>
    </form>
    ${listGuideSteps(origin).map(renderStep)}
  </section>`;
}

function renderStep({ id, title, text, path, curl = [], html: markup }: GuideStep) {
  return html`<section id="guide-${id}">
    <h3>${title}</h3>
    ${text.map((it) => html`<p>${withCode(it)}</p>`)}
    ${curl.map((it) => html`<pre tabindex="0" class="curl">${it}</pre>`)}
    ${markup === undefined ? raw('') : html`<pre tabindex="0">${markup}</pre>`}
    ${path === undefined ? raw('') : renderTry(path)}
  </section>`;
}

/** A link, which the script of the page makes into a line that can be changed and run. */
function renderTry(path: string) {
  return html`<p class="try">
    <a href="${path}"><code>GET ${path}</code></a>
  </p>`;
}

function renderOperation(method: string, path: string, operation: Operation) {
  const parameters = operation.parameters ?? [];
  return html`<section id="${anchorOf(method, path)}">
    <h2><code>${method} ${path}</code></h2>
    <p>${operation.summary ?? ''}. ${withCode(operation.description ?? '')}</p>
    ${method === 'GET' ? renderTry(exampleOf(path, parameters)) : raw('')}
    ${
      parameters.length === 0
        ? raw('')
        : html`<table>
            <thead>
              <tr>
                <th scope="col">parameter</th>
                <th scope="col">type</th>
                <th scope="col">meaning</th>
              </tr>
            </thead>
            <tbody>
              ${parameters.map(
                (it) =>
                  html`<tr>
                    <td><code>${it.name}</code></td>
                    <td>${[it.schema?.type ?? 'string'].flat().join(' or ')}</td>
                    <td>${withCode(describe(it))}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
    }
    <ul>
      ${Object.entries(operation.responses).map(
        ([status, it]) =>
          html`<li>
            <strong>${status}</strong> ${it.description} ${Object.keys(it.content ?? {}).join(', ')}
          </li>`,
      )}
    </ul>
  </section>`;
}

/** What stands between backquotes, as code. */
function withCode(text: string) {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}

function describe({ description, schema }: Parameter): string {
  const parts = [description ?? schema?.description, schema?.enum && `One of ${schema.enum.join(', ')}.`];
  if (schema?.default !== undefined) parts.push(`Default ${String(schema.default)}.`);
  return parts.filter(Boolean).join(' ');
}

function exampleOf(path: string, parameters: Parameter[]): string {
  const example = (it: Parameter) => it.example ?? it.schema?.example;
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const parameter = parameters.find((it) => it.name === name);
    return encodeURIComponent(String((parameter && example(parameter)) ?? name));
  });
  const query = parameters
    .filter((it) => it.in === 'query' && ['q', 'where'].includes(it.name))
    .map((it) => `${it.name}=${encodeURIComponent(String(example(it) ?? ''))}`);
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`;
}

function anchorOf(method: string, path: string): string {
  return `${method.toLowerCase()}${path.replace(/[^\w]+/g, '-')}`.replace(/-$/, '');
}

export const DOCS_CSS = `
:root { color-scheme: light dark; background: light-dark(#fff, #121a1c); color: light-dark(#17282b, #e8eeee); font: 100%/1.5 system-ui, sans-serif; }
body { overflow-wrap: anywhere; margin: 0 auto; max-width: 64rem; padding: 1rem; }
a { color: light-dark(#0a5a62, #84cdd2); }
.skip:not(:focus) { position: absolute; left: -100vw; }
h1 small { font-size: 1rem; font-weight: normal; }
h2, h3 { font-family: 'Iowan Old Style', Palatino, Georgia, serif; }
h2 { border-top: 1px solid; padding-top: 1rem; overflow-wrap: anywhere; }
nav ul { list-style: none; padding: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); padding: .3rem .5rem; text-align: left; vertical-align: top; }
pre { overflow-x: auto; max-height: 30rem; background: color-mix(in srgb, currentColor 8%, transparent); padding: .5rem; }
code { overflow-wrap: anywhere; }
p { max-width: 46rem; }
nav ul { columns: 18rem; }
nav li { padding-block: .15rem; }
nav .many { columns: 24rem; }
.run { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-block: .75rem; }
.run label { flex: 1 1 16rem; }
input { box-sizing: border-box; width: 100%; min-height: 2.4rem; padding: .3rem .6rem; border: 1px solid light-dark(#77868a, #7f9195); border-radius: .4rem; background: none; color: inherit; font: .875rem ui-monospace, monospace; }
button { min-height: 2.4rem; padding: .3rem 1rem; border: 1px solid light-dark(#0a5a62, #84cdd2); border-radius: .4rem; background: light-dark(#0a5a62, #84cdd2); color: light-dark(#fff, #06282c); font: inherit; cursor: pointer; }
:focus-visible { outline: 3px solid light-dark(#0a5a62, #84cdd2); outline-offset: 2px; }
#access { max-width: 30rem; margin-block: 1rem; }
.told { flex-basis: 100%; }
@media print { .run, #access { display: none; } }
`;
