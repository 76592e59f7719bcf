import type { Context } from 'hono';

/** Set on pages in place of the policy of the API, which runs nothing at all. */
export function pageHeaders(tileOrigin: string | undefined): (c: Context) => void {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // Leaflet empties its images with a data address.
    `img-src 'self' data:${tileOrigin === undefined ? '' : ` ${tileOrigin}`}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  return (c) => {
    if (c.res.headers.get('content-type')?.startsWith('text/html'))
      c.res.headers.set('content-security-policy', policy);
  };
}
