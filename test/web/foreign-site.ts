import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { build } from 'esbuild';

export const FOREIGN_PAGES = ['plain', 'react', 'strict'] as const;
export type ForeignPage = (typeof FOREIGN_PAGES)[number];

interface ForeignSite extends AsyncDisposable {
  url: string;
  /** Values of `to`, in order, of the last form that was posted. */
  sent: string[];
}

const NONCE = 'bm9uY2U';

/** A site of somebody else, on another origin, whose pages put the picker of `directoryUrl` into their forms. */
export async function openForeignSite(directoryUrl: string): Promise<ForeignSite> {
  const bundle = await build({
    entryPoints: [join(import.meta.dirname, 'foreign/react-page.js')],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const picker = `${directoryUrl}/embed/picker.js`;
  const form = `<form method="post" action="/sent"><label>À <correspondant-picker name="to" multiple required></correspondant-picker></label><button>Envoyer</button></form>`;
  const pages: Record<ForeignPage, string> = {
    plain: `<script type="module" src="${picker}"></script>${form}`,
    // React makes the element before the browser knows it.
    react: `<div id="root"></div><script type="module" src="/react.js"></script><script type="module" src="${picker}"></script>`,
    strict: `<script type="module" nonce="${NONCE}" src="${picker}"></script>${form}`,
  };
  const sent: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://foreign');
    const name = FOREIGN_PAGES.find((it) => pathname === `/${it}.html`);
    if (request.method === 'POST' && pathname === '/sent') {
      void receive(request, response, sent);
    } else if (pathname === '/react.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(bundle.outputFiles[0]!.text);
    } else if (name !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (name === 'strict') response.setHeader('content-security-policy', strictPolicy(directoryUrl));
      response.end(
        `<!doctype html><html lang="fr"><title>Écrire</title><link rel="icon" href="data:,">${pages[name]}</html>`,
      );
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

/** No style from anywhere, scripts with the nonce alone, no text made into code. */
function strictPolicy(directoryUrl: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${NONCE}'`,
    `connect-src ${directoryUrl}`,
    'img-src data:',
    "form-action 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

async function receive(request: IncomingMessage, response: ServerResponse, sent: string[]): Promise<void> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  sent.splice(0, Infinity, ...new URLSearchParams(text).getAll('to'));
  response.end('sent');
}
