import { html, raw } from 'hono/html';

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
 * The API on one page, made of the OpenAPI document alone: no script and nothing from elsewhere, so that it reads without the
 * internet, with a screen reader and on paper.
 */
export function renderDocsPage(api: ApiDescription) {
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
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        <header>
          <h1>${api.info.title} API <small>${api.info.version}</small></h1>
          <p>${api.info.description ?? ''} <a href="/openapi.json">OpenAPI document</a></p>
        </header>
        <nav aria-label="Operations">
          <ul>
            <li><a href="#guide">Guide</a></li>
            ${operations.map(
              (it) =>
                html`<li>
                  <a href="#${anchorOf(it.method, it.path)}"><code>${it.method} ${it.path}</code></a>
                </li>`,
            )}
            <li><a href="#errors">Errors</a></li>
            <li><a href="#schemas">Schemas</a></li>
          </ul>
        </nav>
        <main id="content">
          ${renderGuide()} ${operations.map((it) => renderOperation(it.method, it.path, it.operation))}
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

/** What an application does most, each with a request that can be followed as it is. */
const GUIDE = [
  {
    title: 'Recipients while somebody types',
    path: '/v1/correspondents?q=martin&where=43&limit=5',
    text: 'One request a pause in typing. `understood` says how the text was read, each mailbox whether it is read.',
  },
  {
    title: 'A type-ahead list',
    path: '/v1/suggestions?q=card',
    text: 'Choosing a line fills the two boxes of a search (`q`, `where`), or names a correspondent (`id`).',
  },
  {
    title: 'The nearest, and how many of what',
    path: '/v1/correspondents?q=infirmier&where=43000&sort=distance&facets=profession,departement',
    text: 'Distances are in metres, from the place asked for.',
  },
  {
    title: 'A copy of one’s own, kept up to date',
    path: '/v1/changes?limit=10',
    text: 'From the start without `since`; then give `next` as `since`, until `hasMore` is false, and again later.',
  },
  {
    title: 'A field for recipients in one’s own page',
    path: '/embed',
    text: 'A custom element that works in any page and any framework, also under a strict policy.',
  },
];

function renderGuide() {
  return html`<section id="guide">
    <h2>Guide</h2>
    <dl>
      ${GUIDE.map(
        ({ title, path, text }) =>
          html`<dt>${title}</dt>
            <dd>
              <a href="${path}"><code>${path}</code></a
              ><br />${withCode(text)}
            </dd>`,
      )}
    </dl>
  </section>`;
}

function renderOperation(method: string, path: string, operation: Operation) {
  const parameters = operation.parameters ?? [];
  return html`<section id="${anchorOf(method, path)}">
    <h2><code>${method} ${path}</code></h2>
    <p>${operation.summary ?? ''}. ${withCode(operation.description ?? '')}</p>
    <p>
      Try: <a href="${exampleOf(path, parameters)}"><code>${exampleOf(path, parameters)}</code></a>
    </p>
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
h2 { border-top: 1px solid; padding-top: 1rem; overflow-wrap: anywhere; }
nav ul { list-style: none; padding: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid color-mix(in srgb, currentColor 30%, transparent); padding: .3rem .5rem; text-align: left; vertical-align: top; }
pre { overflow-x: auto; background: color-mix(in srgb, currentColor 8%, transparent); padding: .5rem; }
code { overflow-wrap: anywhere; }
`;
