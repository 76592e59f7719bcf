/** What answers for `http://localhost`: an application. */
export interface Site {
  fetch(request: Request): Response | Promise<Response>;
}

/** Follows redirects and keeps cookies by origin, as a browser does; every other origin is asked over the network. */
export interface Browser {
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** Where it is. */
  address(): string;
  /** Every address it has been to, in order. */
  visited(): readonly string[];
  /** For the header `cookie`. */
  cookiesOf(origin: string): string;
}

const REDIRECTS_MAX = 12;

/** @param site undefined: addresses of `http://localhost` are not asked, it stops there */
export function openBrowser(site: Site | undefined): Browser {
  const jars = new Map<string, Map<string, string>>();
  const visited: string[] = [];
  const cookiesOf = (origin: string) =>
    [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const ask = async (url: URL, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', cookiesOf(url.origin));
    const request = new Request(url, { ...init, headers, redirect: 'manual' });
    visited.push(url.href);
    if (url.hostname !== 'localhost') return fetch(request);
    return site === undefined ? new Response(null) : site.fetch(request);
  };
  return {
    fetch: async (start, init = {}) => {
      let url = new URL(start);
      let response = await ask(url, init);
      for (let count = 0; count < REDIRECTS_MAX; count += 1) {
        keepCookies(jars, url.origin, response);
        const location = response.headers.get('location');
        if (location === null) return response;
        url = new URL(location, url);
        response = await ask(url, {});
      }
      throw new Error(`too many redirects, the last to ${url.pathname}`);
    },
    address: () => visited.at(-1)!,
    visited: () => visited,
    cookiesOf,
  };
}

function keepCookies(jars: Map<string, Map<string, string>>, origin: string, response: Response): void {
  const jar = jars.get(origin) ?? new Map<string, string>();
  jars.set(origin, jar);
  for (const line of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
    if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name!);
    else jar.set(name!, value!);
  }
}
